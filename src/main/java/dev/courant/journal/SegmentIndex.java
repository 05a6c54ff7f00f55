package dev.courant.journal;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index of a segment: the positions of its records, the offsets that have a term, and the idempotency keys. A term is
 * a topic or an id that a publisher chose. Thread-safe.
 */
final class SegmentIndex {

    /** The maximum number of topics whose lists are merged. With more, every event is read. */
    private static final int MAX_TOPICS = 256;

    final Map<String, PostingList> terms = new HashMap<>(); // guarded by this
    final List<StoredEvent> keys = new ArrayList<>(); // guarded by this; without the events
    int[] positions = new int[16]; // guarded by this
    private SegmentSummary summary; // guarded by this
    volatile int fileBytes; // size of its file, 0 if it has none

    SegmentIndex(SegmentSummary summary) {
        this.summary = summary;
    }

    static String topicTerm(String topic) {
        return "t" + topic;
    }

    static String idTerm(String publishedId) {
        return "i" + publishedId;
    }

    synchronized SegmentSummary summary() {
        return summary;
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
            terms.computeIfAbsent(topicTerm(topic.name()), term -> new PostingList(floor))
                    .add(event.offset());
        }
        if (event.publishedId() != null) { // an id that no other segment has counts as new
            terms.computeIfAbsent(idTerm(event.publishedId()), term -> new PostingList(0))
                    .add(event.offset());
        }
        if (event.key() != null) {
            keys.add(event.keyOnly());
        }
        summary = summary.with(event, position + bytes);
    }

    /** Completes {@link PostingList#previous} by an earlier segment. */
    synchronized void follow(SegmentIndex earlier) {
        synchronized (earlier) {
            terms.forEach((term, list) -> {
                PostingList before = earlier.terms.get(term);
                list.previous = before == null ? list.previous : Math.max(list.previous, before.last());
            });
        }
    }

    /** Returns the position of a record, or 0 if the record is lost. */
    synchronized int position(long offset) {
        return offset < summary.end() ? positions[(int) (offset - summary.base())] : 0;
    }

    synchronized List<StoredEvent> keys() {
        return List.copyOf(keys);
    }

    /** Returns {@link PostingList#previous}, or -1 if this segment does not have the term. */
    synchronized long previous(String term) {
        PostingList list = terms.get(term);
        return list == null ? -1 : list.previous;
    }

    /** Returns the terms of the selected topics, or {@code null} if to read every event costs less. */
    synchronized @Nullable Collection<String> select(TopicSelection selection) {
        List<String> selected = new ArrayList<>();
        for (Topic topic : selection.topics()) {
            selected.add(topicTerm(topic.name()));
        }
        if (!selection.isExact()) {
            if (terms.size() > summary.count()) {
                return null;
            }
            for (String term : terms.keySet()) {
                if (term.startsWith("t") && selection.selectsByPattern(new Topic(term.substring(1)))) {
                    selected.add(term);
                }
            }
        }
        return selected.size() > MAX_TOPICS ? null : selected;
    }

    /** Returns the first offset with one of the terms that is not less than one, or {@link Long#MAX_VALUE}. */
    synchronized long ceiling(@Nullable Collection<String> selected, long offset) {
        if (selected == null) {
            return offset;
        }
        long first = Long.MAX_VALUE;
        for (String term : selected) {
            PostingList list = terms.get(term);
            first = list == null ? first : Math.min(first, list.ceiling(offset));
        }
        return first;
    }

    /** Returns the last offset with one of the terms that is not greater than one, or -1. */
    synchronized long floor(@Nullable Collection<String> selected, long offset) {
        if (selected == null) {
            return offset;
        }
        long last = -1;
        for (String term : selected) {
            PostingList list = terms.get(term);
            last = list == null ? last : Math.max(last, list.floor(offset));
        }
        return last;
    }
}
