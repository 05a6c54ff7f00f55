package dev.courant.topic;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on the topics that were asked about last, so that an event that goes to many is matched once. Bounded,
 * and without a lock: entries are immutable, so that a race loses one at worst, which is found out again.
 */
final class MatchCache {

    private static final int BITS = 6;

    /** Topics often differ in their last digit alone: this takes them to slots of their own. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int LONGEST = 512;

    /** Allocated by the first verdict: most patterns are never compared with any topic. */
    private @Nullable Verdict @Nullable [] slots;

    private record Verdict(String topic, boolean chosen) {}

    boolean verdict(String topic, Predicate<String> judge) {
        int slot = (topic.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
        @Nullable Verdict[] all = slots;
        if (all == null) {
            all = new Verdict[1 << BITS];
            slots = all;
        }
        Verdict known = all[slot];
        if (known != null && known.topic.equals(topic)) {
            return known.chosen;
        }
        boolean chosen = judge.test(topic);
        if (topic.length() <= LONGEST) {
            all[slot] = new Verdict(topic, chosen);
        }
        return chosen;
    }
}
