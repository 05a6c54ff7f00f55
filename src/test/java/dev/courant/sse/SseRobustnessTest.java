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

/** Verifies that failing listeners and blocked sinks affect no others. */
class SseRobustnessTest {
    @Test
    void callsTheOtherListenersWhenOneThrows() throws InterruptedException {
        try (TopicHub topic = new TopicHub()) {
            var broadcaster = topic.sse.newBroadcaster();
            BlockingQueue<String> notifications = new LinkedBlockingQueue<>();
            broadcaster.onClose(sink -> {
                throw new IllegalStateException("thrown by the application");
            });
            broadcaster.onClose(sink -> notifications.add("close"));
            broadcaster.register(new RecordingSink());
            broadcaster.close();
            assertEquals("close", notifications.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Verifies that closing a sink needs no thread that sends, since blocked sinks occupy all of them. */
    @Test
    void closesABlockedSinkWhileAllSendingThreadsAreBlocked() throws InterruptedException {
        try (TopicHub topic = new TopicHub()) {
            var broadcaster = topic.sse.newBroadcaster();
            RecordingSink[] sinks = {new RecordingSink(), new RecordingSink()};
            for (RecordingSink sink : sinks) {
                sink.blocks = true;
                broadcaster.register(sink);
                assertTrue(sink.blocking.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            }
            broadcaster.close();
            assertTrue(sinks[0].closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
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
            RecordingSink sink = new RecordingSink();
            broadcaster.register(sink);
            assertSame(sink, closed.poll());
            assertTrue(sink.closing.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
    }
}
