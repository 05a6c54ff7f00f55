package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final int READERS = 3;
    private static final int EACH = 20_000;
    private static final long ALL = (long) APPENDERS * EACH;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64, 1 << 20})
    @Timeout(60)
    void readersSeeTheRightEntriesInOrderWhileTheWindowMoves(int maxEvents) throws Exception {
        MemoryLog log = new MemoryLog("e", new Window(maxEvents, 1 << 30, Duration.ofHours(1)), System::nanoTime);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            tasks.add(() -> append(log));
        }
        for (int i = 0; i < READERS; i++) {
            tasks.add(() -> read(log));
        }
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> task : threads.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(ALL, log.head());
        assertTrue(log.holds(Math.max(0, ALL - maxEvents)));
    }

    private static Void append(MemoryLog log) {
        for (int i = 0; i < EACH; i++) {
            log.append(Event.message(new Topic("t"), "x"));
        }
        return null;
    }

    private static Void read(MemoryLog log) {
        long cursor = 0;
        while (cursor < ALL) {
            Entry entry = log.next(cursor);
            boolean held = log.holds(cursor);
            if (entry == null) {
                Thread.onSpinWait();
                continue;
            }
            assertTrue(entry.offset() > cursor, "goes forward");
            assertTrue(!held || entry.offset() == cursor + 1, "what was still held was not passed over");
            assertTrue(entry.offset() == cursor + 1 || !log.holds(entry.offset() - 2), "nor was what is held even now");
            assertTrue(new String(entry.frame(), UTF_8).startsWith("id: e-" + entry.offset() + "\n"));
            cursor = entry.offset();
        }
        return null;
    }
}
