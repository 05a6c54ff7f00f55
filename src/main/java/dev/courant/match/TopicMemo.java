package dev.courant.match;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on the topics that were asked about last, so that an event that goes to many is matched once. Bounded,
 * and without a lock: entries are immutable, so that a race loses one at worst, which is found out again.
 */
final class TopicMemo {

    private static final int SLOTS = 16;
    private static final int LONGEST = 512;

    private final @Nullable Verdict[] slots = new Verdict[SLOTS];

    private record Verdict(String topic, boolean chosen) {}

    boolean verdict(String topic, Predicate<String> judge) {
        int hash = topic.hashCode();
        int slot = (hash ^ (hash >>> 16) ^ (hash >>> 8)) & (SLOTS - 1);
        Verdict known = slots[slot];
        if (known != null && known.topic.equals(topic)) {
            return known.chosen;
        }
        boolean chosen = judge.test(topic);
        if (topic.length() <= LONGEST) {
            slots[slot] = new Verdict(topic, chosen);
        }
        return chosen;
    }
}
