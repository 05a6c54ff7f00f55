package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.support.TestDeadline;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
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
    private final RecordingConnection connection = new RecordingConnection();
    private final SseEventSink sink = new FakeSink(connection);
    private final BlockingQueue<String> notifications = new LinkedBlockingQueue<>();

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
        assertEquals(new EventFrame("#e-1", "price", null, "a\nb"), connection.next());
    }

    @Test
    void reachesEverySinkInOrder() throws InterruptedException {
        RecordingConnection other = new RecordingConnection();
        broadcaster.register(sink);
        sse.newBroadcaster().register(new FakeSink(other));
        for (int n = 1; n <= 50; n++) {
            broadcaster.broadcast(sse.newEvent("" + n));
        }

        for (int n = 1; n <= 50; n++) {
            assertEquals("" + n, connection.next().data());
            assertEquals("" + n, other.next().data());
        }
        assertNull(connection.sent.poll());
    }

    @Test
    void notifiesListenersWhenASinkFails() throws InterruptedException {
        recordNotifications();
        connection.throwsOnWrite = new IllegalStateException("broken");
        broadcaster.register(sink);

        assertEquals("error broken", poll());
        assertEquals("close", poll());
        assertTrue(connection.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS), "the sink is closed as well");
        assertEquals(0, topic.hub.countSubscriptions());
    }

    @Test
    void closesItsSinksWhenClosed() throws InterruptedException {
        recordNotifications();
        broadcaster.register(sink);
        broadcaster.close();

        assertEquals("close", poll());
        assertTrue(connection.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void leavesItsSinksOpenWithoutCascading() throws InterruptedException {
        broadcaster.register(sink);
        broadcaster.close(false);
        sse.newBroadcaster().broadcast(sse.newEvent("1"));

        assertEquals("1", connection.next().data());
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
            assertEquals(data, connection.next().data());
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

    private void recordNotifications() {
        broadcaster.onError((broken, cause) -> notifications.add("error " + cause.getMessage()));
        broadcaster.onClose(closed -> notifications.add(closed == sink ? "close" : "close of another sink"));
    }

    private String poll() throws InterruptedException {
        return notifications.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }
}
