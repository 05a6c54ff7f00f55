package dev.courant.access;

import dev.courant.event.TopicSelector;
import java.util.List;
import java.util.Set;

/**
 * What a token lets its bearer do.
 *
 * @param actions to be done to each topic that one of the selectors chooses; of none, nothing is granted
 */
public record Grant(Set<Action> actions, List<TopicSelector> topics) {

    /** Takes copies. */
    public Grant {
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
    }

    boolean covers(Action action, String topic) {
        return actions.contains(action) && topics.stream().anyMatch(selector -> selector.matches(topic));
    }

    /** Names no topic: what somebody may read tells who they are. */
    @Override
    public String toString() {
        return "Grant[" + actions + " on " + topics.size() + " selectors]";
    }
}
