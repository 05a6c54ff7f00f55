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

/** What listeners and foreign sinks do wrong stays with them. */
class SseRobustnessTest {
    @Test
    void tellsTheOthersWhenOneWhoIsToldThrows() throws InterruptedException {
        try (TopicHub topic = new TopicHub()) {
            var broadcaster = topic.sse.newBroadcaster();
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            broadcaster.onClose(sink -> {
                throw new IllegalStateException("an application's own");
            });
            broadcaster.onClose(sink -> told.add("close"));
            broadcaster.register(new RecordingSink());
            broadcaster.close();
            assertEquals("close", told.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Blocked sinks hold all of the threads that send; what frees them may not wait for one of those. */
    @Test
    void closesABlockedSinkThoughAllOfThePoolIsBlocked() throws InterruptedException {
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

    /** The hub ends the stream during the registration, since its dispatchers have ended. */
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
