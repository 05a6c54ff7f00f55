package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
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

/** Like {@link MemoryLogRaceTest}, with readers that merge topics while topics are added and removed. */
class SeveralTopicsRaceTest {

    private static final int APPENDERS = 2;
    private static final int EACH = 6_000;
    private static final long ALL = (long) APPENDERS * EACH;
    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");
    private static final Topic C = new Topic("c");
    private static final List<List<Topic>> TOPICS =
            List.of(List.of(A, B), List.of(C), List.of(B, C, A), List.of(B), List.of(A));

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64, 1 << 20})
    @Timeout(300)
    void readersReceiveEachOnceAndInOrderOrDetectAGap(int maxEvents) throws Exception {
        Duration age = maxEvents > 64 ? Duration.ofHours(1) : Duration.ofNanos(20_000);
        MemoryLog log =
                new MemoryLog("e", RetentionBounds.of(new WindowBounds(maxEvents, 1 << 30, age)), System::nanoTime);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            tasks.add(() -> append(log));
        }
        tasks.add(() -> read(log, new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new NoTopics())));
        tasks.add(() -> read(log, new TopicSelection(Set.of(A, B, C), Set.of(), new NoTopics())));
        tasks.add(() -> read(
                log,
                new TopicSelection(
                        Set.of(B), Set.of(new PrefixSelector("a"), new PrefixSelector("c")), new NoTopics())));
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> task : threads.invokeAll(tasks, TestDeadline.SECONDS, TimeUnit.SECONDS)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void append(MemoryLog log) {
        for (int n = 0; n < EACH; n++) {
            log.append(new Event(TOPICS.get(n % TOPICS.size()), false, null, null, null, "x"));
            if (n % 16 == 0) {
                log.evictExpired();
            }
        }
        return null;
    }

    private static Void read(MemoryLog log, TopicSelection all) {
        long cursor = 0;
        while (cursor < ALL) {
            long head = log.head();
            List<LogEntry> entries = log.read(all, cursor, head, 100);
            boolean held = log.floor(all, cursor) <= cursor;
            long expected = cursor + 1;
            for (LogEntry entry : entries) {
                assertTrue(entry.offset() > cursor, "offsets grow");
                assertTrue(!held || entry.offset() == expected, "no retained entry was skipped");
                cursor = entry.offset();
                expected++;
            }
            if (entries.isEmpty() && cursor < head) {
                assertTrue(!held, "retained entries can be read");
                cursor = head;
            }
        }
        return null;
    }
}
