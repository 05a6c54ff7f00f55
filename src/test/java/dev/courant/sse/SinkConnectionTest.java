package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.TopicSelection;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.hub.SubscribeRequest;
import dev.courant.support.TestDeadline;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkConnectionTest {

    private final TopicHub topic = new TopicHub();
    private final Sse sse = topic.sse;
    private final SseBroadcaster broadcaster = sse.newBroadcaster();
    private final RecordingSink sink = new RecordingSink();
    private final BlockingQueue<String> notifications = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        topic.close();
    }

    @Test
    void notifiesListenersWhenASinkFails() throws InterruptedException {
        recordNotifications();
        RecordingSink failing = new RecordingSink();
        sink.throwsOnSend = new IllegalStateException("closed");
        failing.failsItsStage = new IllegalArgumentException("broken");
        broadcaster.register(sink);
        assertEquals("error closed", poll());
        assertEquals("close", poll());
        broadcaster.register(failing);
        assertEquals("error broken", poll());
        assertEquals("close", poll());
        assertTrue(sink.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS), "the sink is closed as well");
        assertTrue(failing.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, topic.hub.countSubscriptions());
    }

    @Test
    void closesItsSinksWhenClosed() throws InterruptedException {
        recordNotifications();
        broadcaster.register(sink);
        broadcaster.close();

        assertEquals("close", poll());
        assertTrue(sink.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void leavesItsSinksOpenWithoutCascading() throws InterruptedException {
        broadcaster.register(sink);
        broadcaster.close(false);
        sse.newBroadcaster().broadcast(sse.newEvent("1"));

        assertEquals("1", sink.next().getData());
    }

    @Test
    void aBlockedSinkDelaysNoOther() throws InterruptedException {
        sink.blocks = true;
        RecordingSink other = new RecordingSink();
        broadcaster.register(sink);
        assertTrue(sink.blocking.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        broadcaster.register(other);
        CountDownLatch direct = new CountDownLatch(50);
        topic.hub.subscribe(
                TopicSelection.of(Set.of(TopicHub.TOPIC)),
                SubscribeRequest.NEW,
                new AlwaysReading(direct),
                cause -> {});
        for (int n = 0; n < 50; n++) {
            broadcaster.broadcast(sse.newEvent("" + n));
        }

        assertTrue(direct.await(TestDeadline.SECONDS, TimeUnit.SECONDS), "a connection without a sink");
        for (int n = 0; n < 50; n++) {
            assertEquals("" + n, other.next().getData());
        }
        assertNull(sink.sent.poll());
        sink.blocks = false;
        sink.goOn.countDown();
        for (int n = 0; n < 50; n++) {
            assertEquals("" + n, sink.next().getData());
        }
    }

    private void recordNotifications() {
        broadcaster.onError((SseEventSink broken, Throwable cause) -> notifications.add("error " + cause.getMessage()));
        broadcaster.onClose(closed -> notifications.add("close"));
    }

    private String poll() throws InterruptedException {
        return notifications.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }

    private record AlwaysReading(CountDownLatch events) implements Connection {

        @Override
        public void open(Listener listener) {
            listener.onWritable();
        }

        @Override
        public boolean write(Batch batch) {
            batch.entries().forEach(entry -> events.countDown());
            return true;
        }

        @Override
        public void close() {}
    }
}
