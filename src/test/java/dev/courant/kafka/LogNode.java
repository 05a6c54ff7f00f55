package dev.courant.kafka;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The log of one node in a Kafka topic. It publishes to and reads from the topic {@code news}. */
final class LogNode implements AutoCloseable {

    static final Topic NEWS = new Topic("news");
    static final TopicSelection SELECTION = TopicSelection.of(Set.of(NEWS));
    static final WindowBounds LARGE_WINDOW = new WindowBounds(1000, 1 << 24, Duration.ofHours(1));

    private static final Duration TIMEOUT = TestDeadline.DURATION;

    final KafkaLog log;

    LogNode(TestCluster brokers, String topic) {
        this(brokers, topic, LARGE_WINDOW);
    }

    LogNode(TestCluster brokers, String topic, WindowBounds window) {
        this(new KafkaTopic(brokers.bootstrapServers(), topic, 0, 1 << 20, Map.of()), window);
    }

    LogNode(KafkaTopic topic, WindowBounds window) {
        log = new KafkaLog(topic, RetentionBounds.of(window), System::nanoTime, Thread::new);
    }

    /** Waits until the log reports no problem. */
    LogNode awaitReady() {
        await(() -> log.findOutage() == null, () -> "still a problem:  " + log.findOutage());
        return this;
    }

    String publish(String data) throws Exception {
        return publish(data, null);
    }

    String publish(String data, @Nullable String key) throws Exception {
        return send(data, key).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).toString();
    }

    /** Publishes the events of {@link #data(int, int)}, and returns their ids. */
    List<String> publish(int from, int to) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String data : data(from, to)) {
            ids.add(publish(data));
        }
        return ids;
    }

    static List<String> data(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "event " + i).toList();
    }

    CompletableFuture<EventId> send(String data, @Nullable String key) {
        Event event = Event.message(NEWS, data);
        return log.append(event, key == null ? null : IdempotencyKey.of(key, event))
                .toCompletableFuture();
    }

    /** Waits until the window contains this number of events after an offset, and returns their data. */
    List<String> awaitWindow(long after, int count) {
        await(() -> read(after).size() >= count, () -> "only " + read(after));
        return read(after);
    }

    private List<String> read(long after) {
        return data(log.read(SELECTION, after, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    /** Returns the data of all events in the history between two offsets, read in several steps. */
    List<String> readHistory(long after, long upTo, int bytes) {
        List<LogEntry> all = new ArrayList<>();
        long at = after;
        while (at < upTo) {
            var stretch = log.history().read(SELECTION, at, upTo, bytes);
            if (stretch.upTo() <= at || stretch.upTo() > upTo) {
                throw new AssertionError("read from " + at + " to " + stretch.upTo());
            }
            all.addAll(stretch.entries());
            at = stretch.upTo();
        }
        return data(all);
    }

    static List<String> data(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> EventFrame.read(entry.frame()).data())
                .toList();
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> failureMessage) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(failureMessage.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
