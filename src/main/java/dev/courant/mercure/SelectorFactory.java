package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.topic.EveryTopic;
import dev.courant.topic.ExactTopic;
import dev.courant.topic.PatternCache;

/**
 * A factory for topic selectors from the text of matchers. The text {@code *} selects all topics, whatever the type of
 * the matcher. Thread-safe.
 */
final class SelectorFactory {

    private final PatternCache patterns;

    SelectorFactory(PatternCache patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException if the text is not a valid topic */
    TopicSelector createExact(String text) {
        return isEveryTopic(text) ? new EveryTopic() : new ExactTopic(text);
    }

    /** @throws IllegalArgumentException if the text is not a valid URL pattern */
    TopicSelector createUrlPattern(String text) {
        return isEveryTopic(text) ? new EveryTopic() : patterns.urlPattern(text);
    }

    /**
     * Returns the selector for a template. Text that is not a template selects the topic of this name, since "a topic
     * selector can be any string" (Mercure 0.x).
     */
    TopicSelector createUriTemplate(String text) {
        if (isEveryTopic(text)) {
            return new EveryTopic();
        }
        try {
            return text.indexOf('{') < 0 ? new ExactTopic(text) : patterns.uriTemplate(text);
        } catch (IllegalArgumentException notATemplate) {
            return new ExactTopic(text);
        }
    }

    /** @throws IllegalArgumentException if the text is too long or not a valid topic */
    private static boolean isEveryTopic(String text) {
        if (text.getBytes(UTF_8).length > TopicMatcher.MAX_BYTES) {
            throw new IllegalArgumentException("a matcher is longer than " + TopicMatcher.MAX_BYTES + " bytes");
        }
        if (text.equals("*")) {
            return true;
        }
        Topic unused = new Topic(text); // throws if the topic is invalid
        return false;
    }
}
