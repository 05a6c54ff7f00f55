package dev.courant.journal;

import dev.courant.event.Topic;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The index of the segment that is being written, in memory. One thread adds; reading is thread-safe. */
final class GrowingIndex implements SegmentIndex {

    private final Map<Long, Term> terms = new HashMap<>();
    private long floor;
    private int[] positions = new int[64];
    private int count;

    /** @param floor the offset up to which events may have been evicted */
    GrowingIndex(long floor) {
        this.floor = floor;
    }

    /** Adds the next event. If its ordinal is not {@link #count}, those before it are lost. */
    synchronized void add(int ordinal, int position, StoredEvent event) {
        if (ordinal >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(ordinal + 1, positions.length * 2));
        }
        positions[ordinal] = position;
        for (Topic topic : event.topics()) {
            add(IndexTerm.topic(topic.name()), topic.name(), ordinal);
        }
        if (event.publishedId() != null) {
            add(IndexTerm.publishedId(event.publishedId()), null, ordinal);
        }
        if (event.key() != null) {
            add(IndexTerm.KEYED, null, ordinal);
        }
        count = ordinal + 1;
    }

    private void add(long hash, @Nullable String topic, int ordinal) {
        // An id or key that no segment has is new, while a topic may have had events that were evicted.
        Term term = terms.computeIfAbsent(hash, unused -> new Term(topic, topic == null ? 0 : floor));
        if (term.size > 0 && term.ordinals[term.size - 1] == ordinal) {
            return; // the event names a topic twice
        }
        if (term.size == term.ordinals.length) {
            term.ordinals = Arrays.copyOf(term.ordinals, term.size * 2);
        }
        term.ordinals[term.size++] = ordinal; // readers see the elements before their own limit only
    }

    synchronized void setFloor(long offset) {
        floor = offset;
    }

    /** Sets {@link PostingList#previous} of a term, if this segment has the term. */
    synchronized void setPrevious(long hash, long offset) {
        Term term = terms.get(hash);
        if (term != null) {
            term.previous = offset;
        }
    }

    @Override
    public synchronized int count() {
        return count;
    }

    @Override
    public synchronized int position(int ordinal) {
        return positions[ordinal];
    }

    @Override
    public synchronized @Nullable PostingList find(long hash) {
        Term term = terms.get(hash);
        return term == null ? null : new PostingList(IntBuffer.wrap(term.ordinals, 0, term.size), term.previous);
    }

    @Override
    public synchronized List<String> topicNames() {
        return terms.values().stream()
                .map(term -> term.topic)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns all terms, in ascending order. */
    synchronized long[] sortedTerms() {
        return terms.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    @Nullable
    synchronized String topicName(long hash) {
        Term term = terms.get(hash);
        return term == null ? null : term.topic;
    }

    private static final class Term {
        private final @Nullable String topic; // null for other terms
        private int[] ordinals = new int[1];
        private int size;
        private long previous;

        Term(@Nullable String topic, long previous) {
            this.topic = topic;
            this.previous = previous;
        }
    }
}
