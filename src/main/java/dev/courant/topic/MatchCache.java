package dev.courant.topic;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of the results of one pattern, by topic. Many subscribers can have the same pattern; each event is
 * then matched once. Thread-safe without a lock: entries are immutable, and a race can only lose an entry, which is
 * then computed again.
 */
final class MatchCache {

    /** The cache has 2^6 slots. */
    private static final int SLOT_BITS = 6;

    /** 2^32 divided by the golden ratio. It spreads topics that differ only in their last digit over all slots. */
    private static final int HASH_MULTIPLIER = 0x9E3779B9;

    /** The maximum length of a cached topic, in UTF-16 code units. */
    private static final int MAX_TOPIC_LENGTH = 512;

    /** The cached results, {@code null} before the first one: most patterns are never compared with a topic. */
    private @Nullable Result @Nullable [] slots;

    private record Result(String topic, boolean matches) {}

    /** Returns the cached result for a topic, or computes it with the matcher. */
    boolean matches(String topic, Predicate<String> matcher) {
        int slot = (topic.hashCode() * HASH_MULTIPLIER) >>> (Integer.SIZE - SLOT_BITS);
        @Nullable Result[] results = slots;
        if (results == null) {
            results = new Result[1 << SLOT_BITS];
            slots = results;
        }
        Result cached = results[slot];
        if (cached != null && cached.topic.equals(topic)) {
            return cached.matches;
        }
        boolean matches = matcher.test(topic);
        if (topic.length() <= MAX_TOPIC_LENGTH) {
            results[slot] = new Result(topic, matches);
        }
        return matches;
    }
}
