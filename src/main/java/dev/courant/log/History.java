package dev.courant.log;

import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a log keeps beyond its window, on a disk or on brokers. All methods but {@link #floor()} may wait for those, so
 * none of them is for a dispatcher; any other thread may call them. They throw {@link LogUnavailableException} if what
 * is asked cannot be read now.
 */
public interface History {

    /** There is none. */
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

    /** Everything up to this offset may be gone for good; {@link Long#MAX_VALUE} if nothing is kept. */
    long floor();

    /**
     * Up to which offset something of what is selected may be gone for good; as exact as that can be told.
     *
     * @param from nothing below this matters: if nothing after it is gone, it is the answer
     */
    default long floor(TopicSelection selection, long from) {
        return Math.max(from, floor());
    }

    /** Returns the offset of an id that a publisher assigned, as {@link EventLog#find} does. */
    OptionalLong find(String publishedId, TopicSelection reader);

    /**
     * What is selected, in order. Whether some were missing among them is to be asked of {@link #floor(Selection, long)} then.
     *
     * @param after the offset before the first
     * @param upTo the greatest offset
     * @param bytes one more entry is taken as long as they are shorter than this together
     */
    LogRange read(TopicSelection selection, long after, long upTo, int bytes);

    /** As {@link EventLog#findReplayStart}, for a place that has left the window. */
    long findReplayStart(TopicSelection selection, long after, ReplayLimit limit);
}
