package dev.courant.event;

import java.util.List;
import java.util.Set;

/**
 * The topics of a subscription, and the private events that its subscriber may read. Equal selections share an
 * audience.
 *
 * @param topics selected by name
 * @param patterns selectors of further topics
 * @param readable matches the topics whose private events the subscriber may read. A private event is readable if one
 *     of its topics matches
 */
public record TopicSelection(Set<Topic> topics, Set<TopicSelector> patterns, TopicSelector readable) {

    public TopicSelection {
        topics = Set.copyOf(topics);
        patterns = Set.copyOf(patterns);
    }

    /** Returns a selection of these topics without private events. */
    public static TopicSelection of(Set<Topic> topics) {
        return new TopicSelection(topics, Set.of(), new NoTopics());
    }

    /** Returns whether all topics are selected by name. */
    public boolean isExact() {
        return patterns.isEmpty();
    }

    /** Returns the sum of the weights of the patterns, see {@link TopicSelector#weight}. */
    public int weight() {
        return patterns.stream().mapToInt(TopicSelector::weight).sum();
    }

    /** Returns whether the topic is selected, by name or by a pattern. */
    public boolean selects(Topic topic) {
        return topics.contains(topic) || selectsByPattern(topic);
    }

    /** Returns whether a pattern selects the topic. */
    public boolean selectsByPattern(Topic topic) {
        for (TopicSelector pattern : patterns) {
            if (pattern.matches(topic.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the subscriber may read an event with these topics. Every subscriber may read an event that is
     * not private.
     */
    public boolean canRead(List<Topic> eventTopics, boolean restricted) {
        if (!restricted) {
            return true;
        }
        for (Topic topic : eventTopics) {
            if (readable.matches(topic.name())) {
                return true;
            }
        }
        return false;
    }
}
