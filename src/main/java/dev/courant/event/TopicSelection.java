package dev.courant.event;

import java.util.List;
import java.util.Set;

/**
 * What a subscriber wants to read, and what it may. Equal selections share an audience.
 *
 * @param topics chosen by name
 * @param patterns choose further topics
 * @param readable of which topics it may read restricted events too; each of an event's topics opens it
 */
public record TopicSelection(Set<Topic> topics, Set<TopicSelector> patterns, TopicSelector readable) {

    public TopicSelection {
        topics = Set.copyOf(topics);
        patterns = Set.copyOf(patterns);
    }

    /** These topics, as anybody may read them. */
    public static TopicSelection of(Set<Topic> topics) {
        return new TopicSelection(topics, Set.of(), new NoTopics());
    }

    /** Whether all of its topics are known by name. */
    public boolean isExact() {
        return patterns.isEmpty();
    }

    /** Returns the weight of all patterns, as {@link TopicSelector#weight} counts it. */
    public int weight() {
        return patterns.stream().mapToInt(TopicSelector::weight).sum();
    }

    /** Whether the topic is one of its own, by name or by a pattern. */
    public boolean selects(Topic topic) {
        return topics.contains(topic) || selectsByPattern(topic);
    }

    /** Whether one of the patterns is the topic's. */
    public boolean selectsByPattern(Topic topic) {
        for (TopicSelector pattern : patterns) {
            if (pattern.matches(topic.name())) {
                return true;
            }
        }
        return false;
    }

    /** Whether an event of these topics, restricted or not, may be read. */
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
