package dev.courant.auth;

import dev.courant.event.TopicSelector;
import java.util.List;

/**
 * A JSON object that a token attaches to subscriptions.
 *
 * @param subscriptions selectors of the subscriptions; they match the matcher of a subscription as if it were a topic
 * @param json the JSON object
 */
public record SubscriptionPayload(List<TopicSelector> subscriptions, String json) {

    public SubscriptionPayload {
        subscriptions = List.copyOf(subscriptions);
    }

    boolean isFor(String matcher) {
        return subscriptions.stream().anyMatch(selector -> selector.matches(matcher));
    }

    /** Omits the JSON object, which is for other subscribers and not for logs. */
    @Override
    public String toString() {
        return "SubscriptionPayload[" + subscriptions.size() + " selectors]";
    }
}
