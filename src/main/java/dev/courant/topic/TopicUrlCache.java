package dev.courant.topic;

import dev.courant.event.TopicForm;
import dev.courant.urlpattern.WebUrl;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of topics that are parsed as URLs, relative to the hub's URL. Thousands of patterns can be matched
 * with the same topic, which is then parsed once. As a {@link TopicForm}, it converts a topic to its scheme, host, port
 * and path. Two caches are equal if the URLs of their hubs are equal.
 *
 * <p>Thread-safe without a lock: entries are immutable, and a race can only lose an entry, which is then parsed again.
 */
final class TopicUrlCache implements TopicForm {

    /** The cache has 2^8 slots. Long topics are cached too, with up to 40 KB each, because they are the slowest to parse. */
    private static final int SLOT_BITS = 8;

    /** 2^32 divided by the golden ratio. It spreads topics that differ only in their last digit over all slots. */
    private static final int HASH_MULTIPLIER = 0x9E3779B9;

    private final WebUrl hub;
    private final BiFunction<String, WebUrl, @Nullable WebUrl> parser;
    private final @Nullable TopicUrl[] slots = new TopicUrl[1 << SLOT_BITS];

    TopicUrlCache(WebUrl hub) {
        this(hub, WebUrl::parse);
    }

    TopicUrlCache(WebUrl hub, BiFunction<String, WebUrl, @Nullable WebUrl> parser) {
        this.hub = hub;
        this.parser = parser;
    }

    WebUrl hub() {
        return hub;
    }

    TopicUrl parse(String topic) {
        int slot = (topic.hashCode() * HASH_MULTIPLIER) >>> (Integer.SIZE - SLOT_BITS);
        TopicUrl cached = slots[slot];
        if (cached != null && cached.topic().equals(topic)) {
            return cached;
        }
        TopicUrl parsed = TopicUrl.of(topic, parser.apply(topic, hub));
        slots[slot] = parsed;
        return parsed;
    }

    @Override
    public @Nullable String convert(String topic) {
        return parse(topic).form();
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
