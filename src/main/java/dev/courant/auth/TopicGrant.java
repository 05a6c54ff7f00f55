package dev.courant.auth;

import dev.courant.event.TopicSelector;
import java.util.List;
import java.util.Set;

/**
 * What a token lets its bearer do.
 *
 * @param actions to be done to each topic that one of the selectors chooses; of none, nothing is granted
 */
public record TopicGrant(Set<TopicAction> actions, List<TopicSelector> topics) {

    /** Takes copies. */
    public TopicGrant {
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
    }

    boolean covers(TopicAction action, String topic) {
        return actions.contains(action) && topics.stream().anyMatch(selector -> selector.matches(topic));
    }

    /** Names no topic: what somebody may read tells who they are. */
    @Override
    public String toString() {
        return "Grant[" + actions + " on " + topics.size() + " selectors]";
    }
}
