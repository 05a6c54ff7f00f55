package dev.courant.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Events and subscribers of only four topics, so that they often have several topics in common. */
public final class RandomTopics {

    public static final List<Topic> ALL = List.of(new Topic("a1"), new Topic("a2"), new Topic("b1"), new Topic("b2"));

    private static final List<TopicSelector> SELECTORS = List.of(
            new PrefixSelector(""),
            new PrefixSelector("a"),
            new PrefixSelector("b"),
            new PrefixSelector("a2"),
            new PrefixSelector("none"));

    private RandomTopics() {}

    /** Returns one to three topics for an event. */
    public static List<Topic> topicsOfEvent(Random random) {
        List<Topic> topics = new ArrayList<>(ALL);
        Collections.shuffle(topics, random);
        return List.copyOf(topics.subList(0, 1 + random.nextInt(3)));
    }

    /**
     * Returns a selection by names, patterns or both, with the right to read the private events of no, some or all
     * topics.
     */
    public static TopicSelection selection(Random random) {
        int ways = 1 + random.nextInt(3);
        Set<Topic> names = new LinkedHashSet<>();
        Set<TopicSelector> patterns = new LinkedHashSet<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            if ((ways & 1) != 0) {
                names.add(ALL.get(random.nextInt(ALL.size())));
            }
            if ((ways & 2) != 0) {
                patterns.add(SELECTORS.get(random.nextInt(SELECTORS.size())));
            }
        }
        boolean anonymous = random.nextInt(3) == 0;
        return new TopicSelection(
                names, patterns, anonymous ? new NoTopics() : SELECTORS.get(random.nextInt(SELECTORS.size())));
    }

    /** Returns whether a subscriber receives an event: it selects one of the topics and may read one. */
    public static boolean isSelected(TopicSelection selection, List<Topic> topics, boolean restricted) {
        return topics.stream().anyMatch(selection::selects)
                && (!restricted
                        || topics.stream()
                                .anyMatch(topic -> selection.readable().matches(topic.name())));
    }
}
