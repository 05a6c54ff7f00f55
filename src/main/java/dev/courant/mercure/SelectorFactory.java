package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.topic.EveryTopic;
import dev.courant.topic.ExactTopic;
import dev.courant.topic.PatternCache;

/** Makes selectors of what clients write, within limits. Whatever the type, {@code *} means every topic. */
final class SelectorFactory {

    private final PatternCache patterns;

    SelectorFactory(PatternCache patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException if it cannot be a topic */
    TopicSelector exact(String text) {
        return isEvery(text) ? new EveryTopic() : new ExactTopic(text);
    }

    /** @throws IllegalArgumentException if it is no URL pattern */
    TopicSelector urlPattern(String text) {
        return isEvery(text) ? new EveryTopic() : patterns.urlPattern(text);
    }

    /** "A topic selector can be any string": what is no template stands for itself. */
    TopicSelector uriTemplate(String text) {
        if (isEvery(text)) {
            return new EveryTopic();
        }
        try {
            return text.indexOf('{') < 0 ? new ExactTopic(text) : patterns.uriTemplate(text);
        } catch (IllegalArgumentException noTemplate) {
            return new ExactTopic(text);
        }
    }

    private static boolean isEvery(String text) {
        if (text.getBytes(UTF_8).length > TopicMatcher.MAX_BYTES) {
            throw new IllegalArgumentException("a matcher has " + TopicMatcher.MAX_BYTES + " bytes at the most");
        }
        return text.equals("*") || new Topic(text).name().isEmpty();
    }
}
