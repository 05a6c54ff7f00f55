package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventId;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.support.TestDeadline;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicBroadcasterTest {

    private final TopicHub topic = new TopicHub();
    private final Sse sse = topic.sse;
    private final SseBroadcaster broadcaster = sse.newBroadcaster();
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void stop() {
        topic.close();
    }

    @Test
    void reachesASinkWithIdTypeAndData() throws InterruptedException {
        broadcaster.register(sink);
        Object id = broadcaster
                .broadcast(sse.newEventBuilder().name("price").data("a\nb").build())
                .toCompletableFuture()
                .join();

        assertEquals(new EventId("e", 1), id);
        OutboundSseEvent event = sink.next();
        assertEquals("#e-1", event.getId());
        assertEquals("price", event.getName());
        assertEquals("a\nb", event.getData());
        assertEquals(String.class, event.getType());
        assertEquals(MediaType.TEXT_PLAIN_TYPE, event.getMediaType());
    }

    @Test
    void reachesEverySinkOnceAndInOrder() throws InterruptedException {
        RecordingSink other = new RecordingSink();
        broadcaster.register(sink);
        broadcaster.register(sink);
        sse.newBroadcaster().register(other);
        for (int n = 1; n <= 50; n++) {
            broadcaster.broadcast(sse.newEvent("" + n));
        }

        for (int n = 1; n <= 50; n++) {
            assertEquals("" + n, sink.next().getData());
            assertEquals("" + n, other.next().getData());
        }
        assertNull(sink.sent.poll());
    }

    /** Verifies that a sink can be collected, with the request and response objects of the JAX-RS implementation. */
    @Test
    void retainsNoSink() throws InterruptedException {
        BlockingQueue<Connection.Listener> opened = new LinkedBlockingQueue<>();
        BlockingQueue<SseEventSink> closed = new LinkedBlockingQueue<>();
        SseBroadcaster direct = new TopicBroadcaster(
                topic.hub, topic.hub::publish, TopicHub.TOPIC, JsonbBuilder.create(), itself -> new Connection() {

                    @Override
                    public void open(Listener listener) {
                        opened.add(listener);
                    }

                    @Override
                    public boolean write(Batch batch) {
                        return true;
                    }

                    @Override
                    public void close() {}
                });
        direct.onClose(closed::add);
        direct.register(sink);
        Reference<SseEventSink> other = registerWeakly(direct);
        long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
        while (other.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }

        assertNull(other.get());
        opened.poll(TestDeadline.SECONDS, TimeUnit.SECONDS).onClosed(null);
        assertSame(sink, closed.poll(TestDeadline.SECONDS, TimeUnit.SECONDS), "the test still references it");
        opened.poll(TestDeadline.SECONDS, TimeUnit.SECONDS).onClosed(null);
        assertTrue(closed.poll(TestDeadline.SECONDS, TimeUnit.SECONDS).isClosed());
    }

    /** Registers a sink in a separate method, so that no stack frame references it. */
    private static Reference<SseEventSink> registerWeakly(SseBroadcaster broadcaster) {
        SseEventSink sink = new RecordingSink();
        broadcaster.register(sink);
        return new WeakReference<>(sink);
    }

    @Test
    void convertsDataToJsonByMediaType() throws InterruptedException {
        broadcaster.register(sink);
        broadcaster.broadcast(json().data(Map.of("a", 1)).build());
        broadcaster.broadcast(json().data("{\"as\":\"it is\"}").build());
        broadcaster.broadcast(
                json().data(new GenericType<List<Integer>>() {}, List.of(1, 2)).build());
        broadcaster.broadcast(sse.newEventBuilder().data(42).build());
        broadcaster.broadcast(json().mediaType(MediaType.valueOf("application/json;charset=utf-8"))
                .data(Map.of("b", "ü"))
                .build());

        for (String data : List.of("{\"a\":1}", "{\"as\":\"it is\"}", "[1,2]", "42", "{\"b\":\"ü\"}")) {
            assertEquals(data, sink.next().getData());
        }
    }

    @Test
    void refusesCommentsAndInvalidEvents() {
        OutboundSseEvent comment = sse.newEventBuilder().comment("hello").build();
        assertThrows(IllegalArgumentException.class, () -> broadcaster.broadcast(comment));
        OutboundSseEvent forged =
                sse.newEventBuilder().name("a\nid: 7").data("x").build();
        assertThrows(IllegalArgumentException.class, () -> broadcaster.broadcast(forged));
    }

    @Test
    void throwsOnceClosed() {
        broadcaster.close();
        broadcaster.close();

        assertThrows(IllegalStateException.class, () -> broadcaster.register(sink));
        assertThrows(IllegalStateException.class, () -> broadcaster.broadcast(sse.newEvent("1")));
        assertThrows(IllegalStateException.class, () -> broadcaster.onClose(closed -> {}));
        assertThrows(IllegalStateException.class, () -> broadcaster.onError((broken, cause) -> {}));
    }

    @Test
    void failsItsStageOnceTheHubIsClosed() {
        topic.hub.close();
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> broadcaster
                        .broadcast(sse.newEvent("1"))
                        .toCompletableFuture()
                        .join());

        assertTrue(failed.getCause() instanceof IllegalStateException);
    }

    private OutboundSseEvent.Builder json() {
        return sse.newEventBuilder().mediaType(MediaType.APPLICATION_JSON_TYPE);
    }
}
