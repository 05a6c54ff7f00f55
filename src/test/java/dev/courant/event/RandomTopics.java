package dev.courant.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Events and subscribers that have to do with four topics, so that they often meet by more than one of them. */
public final class RandomTopics {

    public static final List<Topic> ALL = List.of(new Topic("a1"), new Topic("a2"), new Topic("b1"), new Topic("b2"));

    private static final List<TopicSelector> SELECTORS = List.of(
            new PrefixSelector(""),
            new PrefixSelector("a"),
            new PrefixSelector("b"),
            new PrefixSelector("a2"),
            new PrefixSelector("none"));

    private RandomTopics() {}

    /** Of an event: one to three. */
    public static List<Topic> ofAnEvent(Random random) {
        List<Topic> topics = new ArrayList<>(ALL);
        Collections.shuffle(topics, random);
        return List.copyOf(topics.subList(0, 1 + random.nextInt(3)));
    }

    /** By names, by patterns, or by both, with the right to read restricted events of none, some or all. */
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
        boolean anybody = random.nextInt(3) == 0;
        return new TopicSelection(
                names, patterns, anybody ? new NoTopics() : SELECTORS.get(random.nextInt(SELECTORS.size())));
    }

    /** Whether an event is for the one who made the selection: it has chosen one of the topics, and may read one. */
    public static boolean isFor(TopicSelection selection, List<Topic> topics, boolean restricted) {
        return topics.stream().anyMatch(selection::selects)
                && (!restricted
                        || topics.stream()
                                .anyMatch(topic -> selection.readable().matches(topic.name())));
    }
}
