package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLogRaceTest {

    private static final int APPENDERS = 3;
    private static final int READERS = 2;
    private static final int EACH = 20_000;
    private static final TopicSelection TOPICS = TopicSelection.of(Set.of(new Topic("t")));
    private static final long ALL = (long) APPENDERS * EACH;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64, 1 << 20})
    @Timeout(300)
    void readersSeeTheRightEntriesInOrderWhileTheWindowMoves(int maxEvents) throws Exception {
        WindowBounds window = new WindowBounds(maxEvents, 1 << 30, Duration.ofHours(1));
        SingleTopicLog log = new SingleTopicLog(new MemoryLog("e", RetentionBounds.of(window), System::nanoTime));
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            tasks.add(() -> append(log));
        }
        for (int i = 0; i < READERS; i++) {
            tasks.add(() -> read(log));
            tasks.add(() -> follow(log));
        }
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> task : threads.invokeAll(tasks, TestDeadline.SECONDS, TimeUnit.SECONDS)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(ALL, log.log().head());
        assertEquals(Math.min(ALL, maxEvents), log.countRetained());
    }

    private static Void append(SingleTopicLog log) {
        for (int i = 0; i < EACH; i++) {
            log.append("x");
        }
        return null;
    }

    private static Void read(SingleTopicLog log) {
        long cursor = 0;
        while (cursor < ALL) {
            List<LogEntry> entries = log.log().read(TOPICS, cursor, log.log().head(), 100);
            boolean held = log.canReplayFrom(cursor);
            long expected = cursor + 1;
            for (LogEntry entry : entries) {
                assertTrue(entry.offset() > cursor, "offsets grow");
                assertTrue(!held || entry.offset() == expected, "no retained entry was skipped");
                assertTrue(new String(entry.frame(), UTF_8).startsWith("id: #e-" + entry.offset() + "\n"));
                cursor = entry.offset();
                expected++;
            }
        }
        return null;
    }

    private static Void follow(SingleTopicLog log) {
        long cursor = 0;
        while (cursor < ALL) {
            long head = log.log().head();
            LogEntry entry = log.log().next(cursor);
            if (entry != null) {
                assertEquals(++cursor, entry.offset());
            } else if (head > cursor) {
                assertFalse(log.canReplayFrom(cursor), "retained entries can be followed");
                cursor = head;
            }
        }
        return null;
    }
}
