package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.journal.JournalBounds;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.SyncMode;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On every log, a stream starts with the newest readable events, from the window and the history, then the new ones. */
class StartPositionTest {

    private static final Topic TOPIC = new Topic("t");
    private static final int WINDOW_EVENTS = 5;
    private static final int STORED = 24;
    private static final int LIMIT = 30;
    private static final int ALL = Integer.MAX_VALUE;
    private static final RetentionBounds WINDOW =
            RetentionBounds.of(new WindowBounds(WINDOW_EVENTS, 1 << 24, Duration.ofHours(1)));

    private record Stored(String data, boolean isPrivate, Instant before) {}

    private final ExecutorService reading = Executors.newCachedThreadPool();
    private final List<Stored> stored = new ArrayList<>();

    @AfterEach
    void stopReading() {
        reading.shutdownNow();
    }

    @Test
    void inMemory() throws Exception {
        check(new MemoryLog("e", WINDOW, System::nanoTime), WINDOW_EVENTS);
    }

    @Test
    void inTheJournal(@TempDir Path directory) throws Exception {
        JournalBounds bounds = new JournalBounds(1_000_000, 1L << 30, Duration.ofDays(7));
        JournalClocks clocks = JournalClocks.system();
        check(JournalLog.open(directory, bounds, SyncMode.INTERVAL, WINDOW, clocks, "e", Thread::new), ALL);
        check(JournalLog.open(directory, bounds, SyncMode.INTERVAL, WINDOW, clocks, "f", Thread::new), ALL);
    }

    @Test
    void inKafka() throws Exception {
        try (TestCluster brokers = TestCluster.start(1)) {
            KafkaTopic topic = new KafkaTopic(brokers.bootstrapServers(), "start-position", 0, 1 << 20, Map.of());
            check(new KafkaLog(topic, WINDOW, System::nanoTime, Thread::new), ALL);
        }
    }

    /** @param retained the maximum number of events that the log retains */
    private void check(EventLog log, int retained) throws Exception {
        HubTimeouts timeouts =
                new HubTimeouts(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofSeconds(1), null);
        ReplayLimit limit = new ReplayLimit(LIMIT, 1 << 24);
        try (Hub hub = new Hub(log, timeouts, limit, System::nanoTime, new Random(1), reading, Thread::new, 1)) {
            long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
            while (log.findOutage() != null) {
                assertTrue(System.nanoTime() < deadline, log::findOutage);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            for (int n = 1; n <= STORED; n++) {
                store(hub, n % 3 == 0);
            }
            for (TopicSelection reader : List.of(TestReaders.ANONYMOUS, TestReaders.EVERYTHING)) {
                boolean readsAll = reader.equals(TestReaders.EVERYTHING);
                TopicSelection selection = new TopicSelection(Set.of(TOPIC), Set.of(), reader.readable());
                for (int count : List.of(1, 2, WINDOW_EVENTS, WINDOW_EVENTS + 4, STORED, 1_000_000)) {
                    List<String> newest = readable(readsAll, retained);
                    int first = Math.max(0, newest.size() - Math.min(count, LIMIT));
                    assertReceives(
                            hub, selection, new StartPosition.Newest(count), newest.subList(first, newest.size()));
                }
                assertEquals(readable(readsAll, retained), readPages(hub, selection));
                for (int age : List.of(0, 1, WINDOW_EVENTS - 1, WINDOW_EVENTS + 4, STORED)) {
                    Instant since = age == 0
                            ? Instant.now().plusSeconds(60)
                            : stored.get(stored.size() - age).before();
                    assertReceives(
                            hub,
                            selection,
                            new StartPosition.Since(since),
                            readable(readsAll, Math.min(age, retained)));
                }
            }
        }
    }

    /** Returns the data of all pages of the history. */
    private static List<String> readPages(Hub hub, TopicSelection selection) {
        List<String> all = new ArrayList<>();
        HistoryPage page = hub.readHistory(selection, Event.EARLIEST, 4);
        while (page.hasMore()) {
            assertEquals(4, page.events().size());
            all.addAll(data(page));
            page = hub.readHistory(selection, page.lastEventId(), 4);
        }
        all.addAll(data(page));
        assertEquals(all.subList(all.size() - 3, all.size()), data(hub.readHistory(selection, null, 3)));
        assertEquals(
                List.of(), hub.readHistory(selection, page.lastEventId(), 4).events());
        return all;
    }

    private static List<String> data(HistoryPage page) {
        assertFalse(page.missing());
        return page.events().stream()
                .map(entry -> EventFrame.read(entry.frame()).data())
                .toList();
    }

    /** Returns the readable ones of the newest stored events. */
    private List<String> readable(boolean readsAll, int newest) {
        return stored.subList(Math.max(0, stored.size() - newest), stored.size()).stream()
                .filter(event -> readsAll || !event.isPrivate())
                .map(Stored::data)
                .toList();
    }

    private void assertReceives(Hub hub, TopicSelection selection, StartPosition start, List<String> expected)
            throws Exception {
        Client client = new Client();
        Subscription subscription = hub.subscribe(selection, SubscribeRequest.startingAt(start), client, cause -> {});
        List<String> received = new ArrayList<>();
        while (received.size() < expected.size()) { // a new event would evict one that is not read yet
            received.addAll(client.next());
        }
        String live = store(hub, false);
        while (!received.contains(live)) {
            received.addAll(client.next());
        }
        assertEquals(expected, received.subList(0, received.size() - 1), start::toString);
        assertNull(subscription.resumesAfter());
        subscription.onClosed(null);
    }

    /** Stores an event, later than the previous one by the wall clock, and returns its data. */
    private String store(Hub hub, boolean isPrivate) throws Exception {
        long before = System.currentTimeMillis();
        while (System.currentTimeMillis() == before) {
            LockSupport.parkNanos(100_000);
        }
        Stored next = new Stored("event " + stored.size(), isPrivate, Instant.ofEpochMilli(before + 1));
        stored.add(next);
        hub.publish(new Event(List.of(TOPIC), isPrivate, null, null, null, next.data()))
                .toCompletableFuture()
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        return next.data();
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

        /** Returns the data of the events in the next batch. */
        List<String> next() throws InterruptedException {
            @Nullable Batch batch = batches.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
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
