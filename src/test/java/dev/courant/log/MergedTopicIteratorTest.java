package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedTopicIteratorTest {

    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");
    private static final Topic C = new Topic("c");

    private final TopicWindow a = new TopicWindow(A, 0);
    private final TopicWindow b = new TopicWindow(B, 0);
    private final TopicWindow c = new TopicWindow(C, 0);

    @Test
    void givesAnEntryOfSeveralTopicsOnce() {
        add(1, a, b);
        add(2, b, c, a);
        add(3, c);
        add(4, a, b, c);

        assertEquals(List.of(1L, 2L, 3L, 4L), all(forward(0, 9, a, b, c)));
        assertEquals(List.of(4L, 3L, 2L, 1L), all(backward(a, b, c)));
    }

    @Test
    void givesTheEntriesOfOneTopicThatIsReadTwiceOnce() {
        add(1, a);
        add(2, a);

        assertEquals(List.of(1L, 2L), all(forward(0, 9, a, a)));
        assertEquals(List.of(2L, 1L), all(backward(a, a, a)));
    }

    @Test
    void keepsToItsBounds() {
        for (int offset = 1; offset <= 9; offset++) {
            add(offset, a, offset % 2 == 0 ? b : c);
        }

        assertEquals(List.of(4L, 5L, 6L), all(forward(3, 6, a, b, c)));
        assertEquals(List.of(4L, 6L), all(forward(3, 6, b)));
        assertEquals(List.of(), all(forward(9, 20, a, b)));
        assertEquals(List.of(), all(forward(0, 9)));
    }

    @Test
    void readsAnEventEvictedFromOneTopicByAnother() {
        add(1, a, b);
        add(2, a, b);
        add(3, a);
        a.removeOldest();

        assertEquals(List.of(1L, 2L, 3L), all(forward(0, 9, a, b)));
        assertEquals(List.of(3L, 2L, 1L), all(backward(a, b)));
    }

    @Test
    void continuesInOrderDuringEvictions() {
        add(1, a);
        add(2, b);
        add(3, a);
        add(4, a, b);
        MergedTopicIterator merged = forward(0, 9, a, b);
        assertEquals(1, merged.next().offset());
        a.removeOldest();
        a.removeOldest();
        b.removeOldest();

        assertEquals(List.of(2L, 3L, 4L), all(merged), "a reader keeps its current entry");

        MergedTopicIterator back = backward(a, b);
        b.removeOldest();
        a.removeOldest();
        assertEquals(List.of(4L), all(back));
    }

    private static void add(long offset, TopicWindow... windows) {
        List<Topic> topics = Stream.of(windows).map(window -> window.topic).toList();
        LogEntry entry = new LogEntry(offset, EventKind.EVENT, topics, false, null, new byte[] {1}, 0, 0);
        for (TopicWindow window : windows) {
            window.add(entry);
        }
    }

    private static MergedTopicIterator forward(long after, long upTo, TopicWindow... windows) {
        return MergedTopicIterator.forward(
                Stream.of(windows).map(window -> TopicReader.startAfter(window, after, upTo)));
    }

    private static MergedTopicIterator backward(TopicWindow... windows) {
        return MergedTopicIterator.backward(Stream.of(windows).map(TopicReader::startAtNewest));
    }

    private static List<Long> all(MergedTopicIterator merged) {
        List<Long> offsets = new ArrayList<>();
        for (LogEntry next = merged.next(); next != null; next = merged.next()) {
            offsets.add(next.offset());
        }
        return offsets;
    }
}
