package dev.courant.auth;

import dev.courant.event.TopicSelector;
import java.util.List;
import java.util.Set;

/**
 * The actions that a token grants on topics.
 *
 * @param actions the granted actions; may be empty
 * @param topics selectors of the topics
 */
public record TopicGrant(Set<TopicAction> actions, List<TopicSelector> topics) {

    public TopicGrant {
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
    }

    boolean covers(TopicAction action, String topic) {
        return actions.contains(action) && topics.stream().anyMatch(selector -> selector.matches(topic));
    }

    /** Omits the topics, which may identify the user. */
    @Override
    public String toString() {
        return "TopicGrant[" + actions + " on " + topics.size() + " selectors]";
    }
}
