package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.journal.JournalBounds;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.SyncMode;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.support.TestDeadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader cannot find out whether a private event with a publisher's id exists, in any of the logs. */
class PrivateIdTest {

    private static final RetentionBounds WINDOW =
            RetentionBounds.of(new WindowBounds(100, 1 << 20, Duration.ofHours(1)));

    @Test
    void inMemory() throws Exception {
        check(new MemoryLog("e", WINDOW, System::nanoTime));
    }

    @Test
    void inTheJournal(@TempDir Path directory) throws Exception {
        JournalBounds bounds = new JournalBounds(1000, 1 << 30, Duration.ofDays(1));
        JournalClocks clocks = JournalClocks.system();
        check(JournalLog.open(directory, bounds, SyncMode.ALWAYS, WINDOW, clocks, "e", Thread::new));
    }

    @Test
    void inKafka() throws Exception {
        try (TestCluster brokers = TestCluster.start(1)) {
            KafkaTopic topic = new KafkaTopic(brokers.bootstrapServers(), "private-ids", 0, 1 << 20, Map.of());
            check(new KafkaLog(topic, WINDOW, System::nanoTime, Thread::new));
        }
    }

    private static void check(EventLog opened) throws Exception {
        try (EventLog log = opened) {
            long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
            while (log.findOutage() != null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertFound(log, "both", OptionalLong.empty(), OptionalLong.empty());
            append(log, "both", true);
            assertFound(log, "both", OptionalLong.empty(), OptionalLong.of(1));
            append(log, "both", true);
            assertFound(log, "both", OptionalLong.empty(), OptionalLong.of(1));
            append(log, "both", false);
            append(log, "both", false);
            assertFound(log, "both", OptionalLong.of(3), OptionalLong.of(1));

            append(log, "public", false);
            append(log, "public", true);
            assertFound(log, "public", OptionalLong.of(5), OptionalLong.of(5));
        }
    }

    private static void append(EventLog log, String id, boolean isPrivate) throws Exception {
        Event event = new Event(List.of(new Topic("news")), isPrivate, id, null, null, "data");
        log.append(event).toCompletableFuture().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }

    private static void assertFound(EventLog log, String id, OptionalLong byAnonymous, OptionalLong byPrivileged) {
        assertEquals(byAnonymous, log.find(id, TestReaders.ANONYMOUS));
        assertEquals(byPrivileged, log.find(id, TestReaders.EVERYTHING));
    }
}
