package dev.courant.topic;

import dev.courant.event.NoTopics;
import dev.courant.event.TopicSelector;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The union of several selectors. Two unions of the same selectors are equal, whatever their order. Exact names are
 * looked up in a hash set, so the number of names does not affect the time of a match. Immutable.
 */
public final class AnyOfSelector implements TopicSelector {

    private final Set<String> names;
    private final Set<TopicSelector> others;
    private final List<TopicSelector> othersAsList;

    private AnyOfSelector(Set<String> names, Set<TopicSelector> others) {
        this.names = Set.copyOf(names);
        this.others = Set.copyOf(others);
        this.othersAsList = List.copyOf(others);
    }

    /**
     * Returns the union of the selectors in its simplest form: {@link NoTopics} for an empty collection, and the selector
     * itself for a single one.
     */
    public static TopicSelector of(Collection<? extends TopicSelector> selectors) {
        Set<String> names = new HashSet<>();
        Set<TopicSelector> others = new HashSet<>();
        selectors.forEach(selector -> collect(selector, names, others));
        if (others.contains(new EveryTopic())) {
            return new EveryTopic();
        }
        if (names.size() + others.size() > 1) {
            return new AnyOfSelector(names, others);
        }
        if (names.isEmpty()) {
            return others.isEmpty() ? new NoTopics() : others.iterator().next();
        }
        return new ExactTopic(names.iterator().next());
    }

    private static void collect(TopicSelector selector, Set<String> names, Set<TopicSelector> others) {
        if (selector instanceof ExactTopic exact) {
            names.add(exact.name());
        } else if (selector instanceof AnyOfSelector union) {
            names.addAll(union.names);
            others.addAll(union.others);
        } else if (!(selector instanceof NoTopics)) {
            others.add(selector);
        }
    }

    @Override
    public boolean matches(String topic) {
        if (names.contains(topic)) {
            return true;
        }
        for (TopicSelector selector : othersAsList) {
            if (selector.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnyOfSelector that && names.equals(that.names) && others.equals(that.others);
    }

    @Override
    public int hashCode() {
        return names.hashCode() * 31 + others.hashCode();
    }

    @Override
    public String toString() {
        return "any of " + names + " and " + others;
    }
}
