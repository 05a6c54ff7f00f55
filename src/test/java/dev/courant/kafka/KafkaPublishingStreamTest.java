package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.TestReaders;
import dev.courant.log.EventPipe;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that all nodes store each event of a publishing stream once, in order. */
class KafkaPublishingStreamTest {

    private static final WindowBounds SMALL_WINDOW = new WindowBounds(10, 1 << 24, Duration.ofHours(1));
    private static final int STREAMS = 20;
    private static final int EVENTS = 60;

    /** Sends each stream to two nodes at the same time: one of the connections is the one that the publisher has lost. */
    @Test
    void storesEachEventOnceThatTwoNodesReceive() throws Exception {
        Random random = new Random(17);
        try (TestCluster brokers = TestCluster.start(1);
                LogNode one = new LogNode(brokers, "streams", SMALL_WINDOW).awaitReady();
                LogNode other = new LogNode(brokers, "streams", SMALL_WINDOW).awaitReady()) {
            List<String> expected = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                String key = "stream " + stream;
                EventPipe cut = open(one, key);
                EventPipe repeated = open(other, key);
                int sentByCut = 0;
                int sent = 0;
                while (sent < EVENTS) {
                    if (random.nextBoolean() && sentByCut < EVENTS / 2) {
                        cut.add(event(stream, ++sentByCut));
                    } else {
                        repeated.add(event(stream, ++sent));
                        expected.add("event " + stream + " " + sent);
                    }
                    (random.nextBoolean() ? cut : repeated).flush();
                }
                awaitStored(cut);
                awaitStored(repeated);
                assertEquals(EVENTS, repeated.progress().stored());
            }
            String end = one.publish("end");
            expected.add("end");
            long head = other.log.find(end, TestReaders.EVERYTHING).orElseThrow();

            assertTrue(head > expected.size(), "some were sent twice, or this tests nothing");
            assertEquals(expected, other.readHistory(0, head, Integer.MAX_VALUE));
            try (LogNode later = new LogNode(brokers, "streams").awaitReady()) {
                assertEquals(EVENTS, later.log.findStream("stream 7").number());
                EventPipe again = open(later, "stream 7");
                for (int i = 1; i <= EVENTS; i++) {
                    again.add(event(7, i));
                }
                awaitStored(again);
                assertEquals(EVENTS, again.progress().stored());
                assertEquals(head, later.log.head());
            }
        }
    }

    private static EventPipe open(LogNode node, String key) {
        EventPipe pipe = new EventPipe(node.log, Runnable::run, () -> {});
        pipe.resume(key, 1);
        return pipe;
    }

    private static void awaitStored(EventPipe pipe) {
        pipe.flush();
        LogNode.await(pipe::isIdle, () -> "not stored");
        assertNull(pipe.progress().failure());
    }

    private static Event event(int stream, int number) {
        return Event.message(LogNode.NEWS, "event " + stream + " " + number);
    }
}
