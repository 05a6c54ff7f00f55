package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.match.Every;
import dev.courant.match.Exact;
import dev.courant.match.Patterns;

/** Makes selectors of what clients write, within limits. Whatever the type, {@code *} means every topic. */
final class Selectors {

    private final Patterns patterns;

    Selectors(Patterns patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException if it cannot be a topic */
    TopicSelector exact(String text) {
        return isEvery(text) ? new Every() : new Exact(text);
    }

    /** @throws IllegalArgumentException if it is no URL pattern */
    TopicSelector urlPattern(String text) {
        return isEvery(text) ? new Every() : patterns.urlPattern(text);
    }

    /** "A topic selector can be any string": what is no template stands for itself. */
    TopicSelector uriTemplate(String text) {
        if (isEvery(text)) {
            return new Every();
        }
        try {
            return text.indexOf('{') < 0 ? new Exact(text) : patterns.uriTemplate(text);
        } catch (IllegalArgumentException noTemplate) {
            return new Exact(text);
        }
    }

    private static boolean isEvery(String text) {
        if (text.getBytes(UTF_8).length > Matcher.MAX_BYTES) {
            throw new IllegalArgumentException("a matcher has " + Matcher.MAX_BYTES + " bytes at the most");
        }
        return text.equals("*") || new Topic(text).name().isEmpty();
    }
}
