package dev.courant.topic;

import dev.courant.event.TopicForm;
import dev.courant.urlpattern.UrlPrefix;
import dev.courant.urlpattern.WebUrl;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of topics that are parsed as URLs, relative to the hub's URL. Thousands of patterns can be matched
 * with the same topic, which is then parsed once. As a {@link TopicForm}, it converts a topic to its scheme, host, port
 * and path. Two caches are equal if the URLs of their hubs are equal. Thread-safe.
 */
final class TopicUrlCache implements TopicForm {

    /** The cache has 2^8 slots. Long topics are cached too, with up to 40 KB each, because they are the slowest to parse. */
    private static final int SLOT_BITS = 8;

    private final WebUrl hub;
    private final TopicCache<TopicUrl> urls;

    /** A topic as a URL and in the form of {@link #convert}, both {@code null} if the topic is not a URL. */
    private record TopicUrl(@Nullable WebUrl url, @Nullable String form) {}

    TopicUrlCache(WebUrl hub) {
        this(hub, WebUrl::parse);
    }

    TopicUrlCache(WebUrl hub, BiFunction<String, WebUrl, @Nullable WebUrl> parser) {
        this.hub = hub;
        urls = new TopicCache<>(SLOT_BITS, Integer.MAX_VALUE, topic -> {
            WebUrl url = parser.apply(topic, hub);
            return new TopicUrl(url, url == null ? null : UrlPrefix.of(url));
        });
    }

    WebUrl hub() {
        return hub;
    }

    /** Returns the URL of a topic, {@code null} if the topic is not a URL. */
    @Nullable
    WebUrl parse(String topic) {
        return urls.get(topic).url;
    }

    @Override
    public @Nullable String convert(String topic) {
        return urls.get(topic).form;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicUrlCache that && hub.equals(that.hub);
    }

    @Override
    public int hashCode() {
        return hub.hashCode();
    }
}
