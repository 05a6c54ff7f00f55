package dev.courant.access;

import dev.courant.event.TopicSelector;
import java.util.Set;

/** Chooses what one of others chooses; none of none. In whatever order they are, it is equal. */
record AnyOf(Set<TopicSelector> selectors) implements TopicSelector {

    static final AnyOf NONE = new AnyOf(Set.of());

    AnyOf {
        selectors = Set.copyOf(selectors);
    }

    @Override
    public boolean matches(String topic) {
        return !selectors.isEmpty() && selectors.stream().anyMatch(selector -> selector.matches(topic));
    }

    @Override
    public String toString() {
        return "AnyOf[" + selectors.size() + " selectors]";
    }
}
