package dev.courant.auth;

import dev.courant.event.TopicSelector;
import java.util.List;

/**
 * What a token attaches to subscriptions.
 *
 * @param subscriptions which: those whose own matcher, read as if it were a topic, one of these selectors chooses
 * @param json a JSON object
 */
public record SubscriptionPayload(List<TopicSelector> subscriptions, String json) {

    /** Takes a copy. */
    public SubscriptionPayload {
        subscriptions = List.copyOf(subscriptions);
    }

    boolean isFor(String matcher) {
        return subscriptions.stream().anyMatch(selector -> selector.matches(matcher));
    }

    /** It is for other subscribers to read, not for logs. */
    @Override
    public String toString() {
        return "Payload[for " + subscriptions.size() + " selectors]";
    }
}
