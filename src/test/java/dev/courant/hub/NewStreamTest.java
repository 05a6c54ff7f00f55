package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.journal.JournalBounds;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.SyncMode;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.EventLog;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On every log, a stream that is opened without an id starts with the events published after it was opened. */
class NewStreamTest {

    private static final int TIMES = 200;
    private static final Topic TOPIC = new Topic("t");
    private static final RetentionBounds RETENTION =
            RetentionBounds.of(new WindowBounds(10_000, 1 << 24, Duration.ofHours(1)));

    private final ExecutorService reading = Executors.newCachedThreadPool();

    @AfterEach
    void stopReading() {
        reading.shutdownNow();
    }

    @Test
    void inMemory() throws Exception {
        assertBeginsWithWhatComes(new MemoryLog("e", RETENTION, System::nanoTime));
    }

    @Test
    void onAJournal(@TempDir Path directory) throws Exception {
        JournalBounds bounds = new JournalBounds(1_000_000, 1L << 30, Duration.ofDays(7));
        assertBeginsWithWhatComes(JournalLog.open(
                directory, bounds, SyncMode.ALWAYS, RETENTION, JournalClocks.system(), "e", Thread::new));
    }

    @Test
    void onKafka() throws Exception {
        try (TestCluster brokers = TestCluster.start(1)) {
            KafkaTopic topic = new KafkaTopic(brokers.bootstrapServers(), "new-stream", 0, 1 << 20, Map.of());
            assertBeginsWithWhatComes(new KafkaLog(topic, RETENTION, System::nanoTime, Thread::new));
        }
    }

    private void assertBeginsWithWhatComes(EventLog log) throws Exception {
        HubTimeouts timing =
                new HubTimeouts(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofSeconds(1), null);
        ReplayLimit limit = new ReplayLimit(10_000, 1 << 24);
        try (Hub hub = new Hub(log, timing, limit, System::nanoTime, new Random(1), reading, Thread::new, 1)) {
            long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
            while (log.findOutage() != null) {
                assertTrue(System.nanoTime() < deadline, log::findOutage);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            for (int i = 0; i < TIMES; i++) {
                boolean once = i % 2 == 1;
                await(publish(hub, "before " + i, once));
                Client client = new Client();
                Subscription subscription =
                        hub.subscribe(TopicSelection.of(Set.of(TOPIC)), SubscribeRequest.NEW, client, cause -> {});
                await(publish(hub, "after " + i, once));
                assertEquals(List.of("after " + i), client.next());
                subscription.onClosed(null);
            }
        }
    }

    private static CompletionStage<?> publish(Hub hub, String data, boolean once) {
        Event event = Event.message(TOPIC, data);
        return once ? hub.publish(event, IdempotencyKey.of(data, event)) : hub.publish(event);
    }

    private static void await(CompletionStage<?> stored) throws Exception {
        stored.toCompletableFuture().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }

    /** A connection that is always writable. */
    private static final class Client implements Connection {

        private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();

        @Override
        public void open(Listener newListener) {
            newListener.onWritable();
        }

        @Override
        public boolean write(Batch batch) {
            batches.add(batch);
            return true;
        }

        /** Returns the data of the next event. */
        List<String> next() throws InterruptedException {
            @Nullable Batch batch = batches.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            while (batch != null && batch.entries().isEmpty()) {
                batch = batches.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            }
            if (batch == null) {
                throw new AssertionError("no batch within the deadline");
            }
            return batch.entries().stream()
                    .map(entry -> EventFrame.read(entry.frame()).data())
                    .toList();
        }

        @Override
        public void close() {}
    }
}
