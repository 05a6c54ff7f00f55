package dev.courant.auth;

import dev.courant.event.TopicSelector;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions that a token grants on topics.
 *
 * @param actions the granted actions; may be empty
 * @param topics selectors of the topics
 * @param payload JSON to attach to subscriptions whose matcher the selectors match as if it were a topic, or {@code null}
 */
public record TopicGrant(
        Set<TopicAction> actions,
        List<TopicSelector> topics,
        @Nullable String payload) {

    public TopicGrant {
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
    }

    boolean matches(String topic) {
        return topics.stream().anyMatch(selector -> selector.matches(topic));
    }

    /** Omits the topics and the payload, which may identify the user. */
    @Override
    public String toString() {
        return "TopicGrant[" + actions + " on " + topics.size() + " selectors]";
    }
}
