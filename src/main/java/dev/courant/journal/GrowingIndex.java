package dev.courant.journal;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The index of a segment that is being written or scanned. One thread adds; reading is thread-safe. */
final class GrowingIndex implements SegmentIndex {

    private final Map<Long, Term> terms = new HashMap<>();
    private final Map<String, StoredEvent> keys = new LinkedHashMap<>(); // the last event of each key, the oldest first
    private int[] positions = new int[16];
    private SegmentSummary summary;

    GrowingIndex(SegmentSummary empty) {
        summary = empty;
    }

    /**
     * Adds the next event. Offsets between the last event and this one are lost.
     *
     * @param position of its record
     * @param bytes the size of its record
     * @param floor the offset up to which events may have been evicted
     */
    synchronized void add(StoredEvent event, long position, int bytes, long floor) {
        int ordinal = (int) (event.offset() - summary.base());
        if (ordinal >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(ordinal + 1, positions.length * 2));
        }
        positions[ordinal] = (int) position;
        for (Topic topic : event.topics()) {
            terms.computeIfAbsent(SegmentIndex.topicTerm(topic.name()), hash -> new Term(topic.name(), floor))
                    .add(ordinal);
            if (event.kind() == EventKind.END) {
                terms.computeIfAbsent(SegmentIndex.endTerm(topic.name()), hash -> new Term(null, 0))
                        .add(ordinal);
            }
        }
        if (event.publishedId() != null) { // an id that no other segment has counts as new
            terms.computeIfAbsent(SegmentIndex.idTerm(event.publishedId()), hash -> new Term(null, 0))
                    .add(ordinal);
        }
        if (event.key() != null) {
            keys.remove(event.key().key());
            keys.put(event.key().key(), event.keyOnly());
        }
        summary = summary.with(event, position + bytes);
    }

    /**
     * Completes {@link PostingList#previous} by an earlier segment.
     *
     * @param earlier {@code null} if it cannot be read
     * @param lost any event of an earlier segment up to this offset may be lost
     */
    void follow(@Nullable SegmentIndex earlier, long lost) {
        if (earlier != null) {
            earlier.forEachLast(this::raisePrevious);
        }
        raisePrevious(Math.min(lost, summary().base() - 1));
    }

    private synchronized void raisePrevious(long hash, long offset) {
        Term term = terms.get(hash);
        if (term != null) {
            term.previous = Math.max(term.previous, offset);
        }
    }

    private synchronized void raisePrevious(long lost) {
        terms.values().stream()
                .filter(term -> term.topic != null) // an id that no other segment has counts as new
                .forEach(term -> term.previous = Math.max(term.previous, lost));
    }

    @Override
    public synchronized SegmentSummary summary() {
        return summary;
    }

    @Override
    public synchronized int terms() {
        return terms.size();
    }

    @Override
    public synchronized int position(long offset) {
        return offset < summary.end() ? positions[(int) (offset - summary.base())] : 0;
    }

    @Override
    public synchronized @Nullable PostingList find(long hash) {
        Term term = terms.get(hash);
        // The writer appends to the same array, but only behind the limit.
        return term == null
                ? null
                : new PostingList(summary.base(), IntBuffer.wrap(term.ordinals, 0, term.size), term.previous);
    }

    @Override
    public synchronized List<String> topics() {
        return terms.values().stream()
                .map(term -> term.topic)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public synchronized List<StoredEvent> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized void forEachLast(LastOffset consumer) {
        terms.forEach((hash, term) -> consumer.accept(hash, summary.base() + term.ordinals[term.size - 1]));
    }

    /** Returns all terms, in ascending order. */
    synchronized long[] sortedTerms() {
        return terms.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** Returns the topic that is a term, or {@code null} if the term is an id. */
    synchronized @Nullable String topic(long hash) {
        Term term = terms.get(hash);
        return term == null ? null : term.topic;
    }

    private static final class Term {
        private final @Nullable String topic;
        private long previous;
        private int[] ordinals = new int[1];
        private int size;

        Term(@Nullable String topic, long previous) {
            this.topic = topic;
            this.previous = previous;
        }

        /** Adds an ordinal, unless it is the last one. */
        void add(int ordinal) {
            if (size == 0 || ordinals[size - 1] != ordinal) {
                ordinals = size == ordinals.length ? Arrays.copyOf(ordinals, size * 2) : ordinals;
                ordinals[size++] = ordinal;
            }
        }
    }
}
