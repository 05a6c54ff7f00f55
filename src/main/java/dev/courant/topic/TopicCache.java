package dev.courant.topic;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of values that are computed from topics. Thread-safe without a lock: entries are immutable, and a race can
 * only lose an entry, which is then computed again.
 */
final class TopicCache<T> {

    /** 2^32 divided by the golden ratio. It spreads topics that differ only in their last digit over all slots. */
    private static final int HASH_MULTIPLIER = 0x9E3779B9;

    private static final int MATCH_SLOT_BITS = 6;
    private static final int MAX_MATCH_TOPIC_LENGTH = 512;

    private final int slotBits;
    private final int maxTopicLength;
    private final Function<String, T> function;

    /** The cached entries, {@code null} before the first one: most patterns are never compared with a topic. */
    private @Nullable Entry<T> @Nullable [] slots;

    private record Entry<T>(String topic, T value) {}

    /**
     * Creates a cache of 2^{@code slotBits} slots.
     *
     * @param maxTopicLength the maximum length of a cached topic, in UTF-16 code units
     * @param function computes the value of a topic
     */
    TopicCache(int slotBits, int maxTopicLength, Function<String, T> function) {
        this.slotBits = slotBits;
        this.maxTopicLength = maxTopicLength;
        this.function = function;
    }

    /** Creates a cache of the results of one pattern. Many subscribers can have the same pattern; each event is matched once. */
    static TopicCache<Boolean> ofMatches(Function<String, Boolean> matcher) {
        return new TopicCache<>(MATCH_SLOT_BITS, MAX_MATCH_TOPIC_LENGTH, matcher);
    }

    /** Returns the cached value of a topic, or computes it. */
    @SuppressWarnings("unchecked")
    T get(String topic) {
        @Nullable Entry<T>[] entries = slots;
        if (entries == null) {
            entries = (Entry<T>[]) new Entry<?>[1 << slotBits];
            slots = entries;
        }
        int slot = (topic.hashCode() * HASH_MULTIPLIER) >>> (Integer.SIZE - slotBits);
        Entry<T> cached = entries[slot];
        if (cached != null && cached.topic.equals(topic)) {
            return cached.value;
        }
        T value = function.apply(topic);
        if (topic.length() <= maxTopicLength) {
            entries[slot] = new Entry<>(topic, value);
        }
        return value;
    }
}
