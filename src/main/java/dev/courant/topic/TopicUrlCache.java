package dev.courant.topic;

import dev.courant.event.TopicForm;
import dev.courant.urlpattern.WebUrl;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Parses topics as URLs relative to the hub's, and keeps the results for the topics that were used last: thousands of
 * patterns compare the same topic one after another. Their form is scheme, host, port and path. Bounded, and without a
 * lock: entries are immutable, so that a race loses one at worst, which is parsed again. Equal for the same hub.
 */
final class TopicUrlCache implements TopicForm {

    /** Long topics are kept too, with 40 KB at most each: to parse them again is what costs most. */
    private static final int BITS = 8;

    /** Takes topics that differ in their last digit alone to different slots. */
    private static final int SPREAD = 0x9E3779B9;

    private final WebUrl hub;
    private final BiFunction<String, WebUrl, @Nullable WebUrl> parser;
    private final @Nullable TopicUrl[] slots = new TopicUrl[1 << BITS];

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
        int slot = (topic.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
        TopicUrl known = slots[slot];
        if (known != null && known.topic().equals(topic)) {
            return known;
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
