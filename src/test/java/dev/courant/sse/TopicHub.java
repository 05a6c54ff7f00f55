package dev.courant.sse;

import dev.courant.event.Topic;
import dev.courant.hub.Connection;
import dev.courant.hub.Hub;
import dev.courant.hub.HubTimeouts;
import dev.courant.hub.SubscribeRequest;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** A hub with its own threads, and an {@code Sse} for one of its topics. */
final class TopicHub implements AutoCloseable {

    static final Topic TOPIC = new Topic("t");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    final Hub hub = new Hub(
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(1000, 1 << 20, MINUTE)), System::nanoTime),
            new HubTimeouts(MINUTE, MINUTE, MINUTE, null),
            new ReplayLimit(10_000, 1 << 24),
            System::nanoTime,
            new Random(1),
            Runnable::run,
            Thread::new,
            1);
    final Sse sse;

    TopicHub() {
        sse = new TopicSse(hub, hub::publish, TOPIC, JsonbBuilder.create(), TopicHub::open);
    }

    private static void open(
            SseEventSink sink, Set<Topic> topics, BiConsumer<SubscribeRequest, Connection> subscriber) {
        subscriber.accept(SubscribeRequest.NEW, ((FakeSink) sink).connection());
    }

    @Override
    public void close() {
        hub.close();
    }
}
