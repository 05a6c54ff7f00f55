package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.TestDeadline;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Verifies that a failing listener affects no others, and that a closed hub closes sinks. */
class SseRobustnessTest {

    private final RecordingConnection connection = new RecordingConnection();
    private final SseEventSink sink = new FakeSink(connection);

    @Test
    void callsTheOtherListenersWhenOneThrows() throws InterruptedException {
        try (TopicHub topic = new TopicHub()) {
            var broadcaster = topic.sse.newBroadcaster();
            BlockingQueue<String> notifications = new LinkedBlockingQueue<>();
            broadcaster.onClose(closed -> {
                throw new IllegalStateException("thrown by the application");
            });
            broadcaster.onClose(closed -> notifications.add("close"));
            broadcaster.register(sink);
            broadcaster.close();
            assertEquals("close", notifications.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Verifies a registration during which the hub ends the stream, since its dispatchers have ended. */
    @Test
    void closesASinkThatIsRegisteredAfterTheHubHasClosed() throws InterruptedException {
        try (TopicHub topic = new TopicHub()) {
            var broadcaster = topic.sse.newBroadcaster();
            BlockingQueue<SseEventSink> closed = new LinkedBlockingQueue<>();
            broadcaster.onClose(closed::add);
            topic.hub.close();
            broadcaster.register(sink);
            assertSame(sink, closed.poll());
            assertTrue(connection.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
    }
}
