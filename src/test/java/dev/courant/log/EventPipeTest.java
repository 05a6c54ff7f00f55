package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests that each event of a publishing stream is stored once, in order, however often its publisher is cut. */
class EventPipeTest {

    private final AtomicLong nanoTime = new AtomicLong(42);
    private final MemoryLog log = new MemoryLog(
            "e", RetentionBounds.of(new WindowBounds(10_000, 1 << 24, Duration.ofHours(1))), nanoTime::get);

    @Test
    void countsTheEventsOfAStreamWithoutAKey() {
        EventPipe pipe = new EventPipe(log, Runnable::run, () -> {});
        add(pipe, 1, 3);

        assertEquals(new EventPipe.Progress(3, "#e-3", 0, null), pipe.progress());
        assertTrue(pipe.isIdle());
    }

    @Test
    void storesARepeatedStreamOnce() {
        add(resume("k", 1), 1, 3);
        EventPipe again = resume("k", 1);
        add(again, 1, 5);
        EventPipe rest = resume("k", 6);
        add(rest, 6, 7);

        assertEquals(new EventPipe.Progress(5, "#e-5", 6, null), again.progress());
        assertEquals(new EventPipe.Progress(2, "#e-7", 8, null), rest.progress());
        assertEquals(data(1, 7), stored());
    }

    @Test
    void saysHowFarAStreamGot() {
        add(resume("k", 1), 1, 3);

        assertEquals(
                new EventPipe.Progress(0, "#e-3", 4, null), idle(resume("k", 1)).progress());
        assertEquals(
                new EventPipe.Progress(0, null, 1, null),
                idle(resume("other", 1)).progress());
    }

    @Test
    void continuesWithinTheStoredEvents() {
        add(resume("k", 1), 1, 5);
        EventPipe rest = resume("k", 3);
        add(rest, 3, 8);
        add(resume("k", 1), 1, 9);

        assertEquals(new EventPipe.Progress(6, "#e-8", 9, null), rest.progress());
        assertEquals(data(1, 9), stored());
    }

    @Test
    void refusesAnotherStreamWithTheSameKey() {
        add(resume("k", 1), 1, 3);
        EventPipe other = resume("k", 1);
        other.add(event("event 0"));
        add(other, 2, 5);
        EventPipe gap = resume("k", 5);
        add(gap, 5, 6);
        EventPipe unknown = resume("unknown", 2);
        add(unknown, 2, 3);
        nanoTime.addAndGet(IdempotencyKey.LIFETIME.toNanos() + 1);
        log.append(event("x"), IdempotencyKey.of("single", event("x")));
        EventPipe single = resume("single", 1);
        single.add(event("x"));
        single.flush();

        assertInstanceOf(KeyReusedException.class, other.progress().failure());
        assertEquals(0, other.progress().stored());
        assertInstanceOf(StreamPositionException.class, gap.progress().failure());
        assertEquals(4, gap.progress().next());
        assertInstanceOf(UnknownStreamException.class, unknown.progress().failure());
        assertInstanceOf(KeyReusedException.class, single.progress().failure());
        assertEquals(4, log.head());
    }

    /** Sends the same stream by several requests at the same time: the server may not have noticed that some were cut. */
    @Test
    void storesEachEventOnceWhileSeveralRequestsSendThem() {
        Random random = new Random(17);
        for (int run = 0; run < 300; run++) {
            String key = "run " + run;
            long before = log.head();
            int events = 1 + random.nextInt(60);
            List<EventPipe> pipes = new ArrayList<>();
            int[] sent = new int[4];
            for (int i = 0; i < sent.length; i++) {
                pipes.add(resume(key, 1));
            }
            while (sent[0] < events) {
                int i = random.nextInt(sent.length);
                if (sent[i] < events) {
                    pipes.get(i).add(event("event " + ++sent[i]));
                }
                if (random.nextInt(3) == 0) {
                    pipes.get(i).flush();
                }
            }
            pipes.forEach(EventPipe::flush);

            pipes.forEach(pipe -> assertNull(pipe.progress().failure()));
            assertEquals(events, pipes.get(0).progress().stored());
            assertEquals("#e-" + (before + events), pipes.get(0).progress().lastId());
            assertEquals(before + events, log.head());
            assertEquals(data(1, events), stored().subList((int) before, (int) before + events));
        }
    }

    @Test
    void resumesAStreamThatWasQuietForLong() {
        EventPipe pipe = resume("k", 1);
        add(pipe, 1, 2);
        nanoTime.addAndGet(IdempotencyKey.LIFETIME.toNanos() * 2);
        add(pipe, 3, 4);

        assertEquals(new EventPipe.Progress(4, "#e-4", 5, null), pipe.progress());
        assertEquals(data(1, 4), stored());
    }

    private EventPipe resume(String key, long first) {
        EventPipe pipe = new EventPipe(log, Runnable::run, () -> {});
        pipe.resume(key, first);
        return pipe;
    }

    private static EventPipe idle(EventPipe pipe) {
        pipe.flush();
        assertTrue(pipe.isIdle());
        return pipe;
    }

    private static void add(EventPipe pipe, int from, int to) {
        data(from, to).forEach(data -> pipe.add(event(data)));
        idle(pipe);
    }

    private static List<String> data(int from, int to) {
        List<String> data = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            data.add("event " + i);
        }
        return data;
    }

    private static Event event(String data) {
        return Event.message(new Topic("t"), data);
    }

    private List<String> stored() {
        List<String> data = new ArrayList<>();
        for (LogEntry next = log.next(0); next != null; next = log.next(next.offset())) {
            data.add(new String(next.frame(), UTF_8).replaceAll("(?s).*data: (.*?)\n\n", "$1"));
        }
        return data;
    }
}
