package dev.courant.log;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that merges the entries of several topics by offset. It returns an entry once, even if the entry has
 * several of these topics. Not thread-safe.
 */
final class MergedTopicIterator implements EntryIterator {

    private final PriorityQueue<TopicReader> readers; // readers that are not at their end
    private final boolean forward;
    private @Nullable LogEntry last; // the entry returned last

    private MergedTopicIterator(Stream<TopicReader> readers, Comparator<TopicReader> order, boolean forward) {
        this.readers = new PriorityQueue<>(order);
        this.forward = forward;
        readers.forEach(this::put);
    }

    /** Returns an iterator from the oldest entry to the newest. */
    static MergedTopicIterator forward(Stream<TopicReader> readers) {
        return new MergedTopicIterator(readers, Comparator.comparingLong(TopicReader::offset), true);
    }

    /** Returns an iterator from the newest entry to the oldest. */
    static MergedTopicIterator backward(Stream<TopicReader> readers) {
        return new MergedTopicIterator(
                readers, Comparator.comparingLong(TopicReader::offset).reversed(), false);
    }

    @Override
    public @Nullable LogEntry next() {
        TopicReader reader = readers.poll();
        while (reader != null) {
            LogEntry entry = reader.entry;
            if (forward) {
                reader.forward();
            } else {
                reader.backward();
            }
            put(reader);
            if (entry != null && (last == null || entry.offset() != last.offset())) {
                last = entry;
                return entry;
            }
            reader = readers.poll();
        }
        return null;
    }

    private void put(TopicReader reader) {
        if (reader.entry != null) {
            readers.add(reader);
        }
    }
}
