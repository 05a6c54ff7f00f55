package dev.courant.log;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The events that a log retains beyond its window, on a disk or on a broker. Thread-safe. All methods except {@link
 * #floor()} may wait for the disk or the broker, so a dispatcher must not call them. They throw {@link
 * LogUnavailableException} if the history cannot be read now.
 */
public interface History {

    /** The history of a log that retains nothing beyond its window. */
    History NONE = new History() {

        @Override
        public long floor() {
            return Long.MAX_VALUE;
        }

        @Override
        public OptionalLong find(String publishedId, TopicSelection reader) {
            return OptionalLong.empty();
        }

        @Override
        public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
            return new LogRange(List.of(), upTo);
        }

        @Override
        public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
            return after;
        }
    };

    /**
     * Returns the offset up to which all events may have been evicted, or {@link Long#MAX_VALUE} if nothing is
     * retained.
     */
    long floor();

    /**
     * Returns the offset up to which selected events may have been evicted, or a higher one if the history has no floor
     * for each topic.
     *
     * @param from the least result; the caller does not need to know about evictions up to this offset
     */
    default long floor(TopicSelection selection, long from) {
        return Math.max(from, floor());
    }

    /** Returns the offset of an id that a publisher assigned, like {@link EventLog#find}. */
    OptionalLong find(String publishedId, TopicSelection reader);

    /** Returns the end of a topic without a window, like {@link EventLog#findEnd}. Some logs know no end beyond the window. */
    default @Nullable LogEntry findEnd(Topic topic) {
        return null;
    }

    /**
     * Returns the selected entries, in order. To detect that entries were evicted, call
     * {@link #floor(TopicSelection, long)} afterwards.
     *
     * @param after the offset before the first entry
     * @param upTo the offset of the last entry, at most
     * @param bytes the read stops once the frames have at least this many bytes
     */
    LogRange read(TopicSelection selection, long after, long upTo, int bytes);

    /** Returns the same as {@link EventLog#findReplayStart}, for an offset below the floor of the window. */
    long findReplayStart(TopicSelection selection, long after, ReplayLimit limit);
}
