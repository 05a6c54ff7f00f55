package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventKind;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries in the windows of several topics. */
class TopicWindowsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void retainsAnEntryUntilItsLastTopicEvictsIt() {
        MemoryLog log = new MemoryLog(
                "e",
                new RetentionBounds(new WindowBounds(100, 1 << 20, HOUR), new WindowBounds(2, 1 << 20, HOUR)),
                () -> 0);
        log.append(new Event(topics("busy", "quiet"), false, "urn:both", null, null, "both"));
        for (int n = 0; n < 5; n++) {
            log.append(Event.message(new Topic("busy"), "x"));
        }
        assertEquals(List.of(1L), offsets(log, "quiet"));
        assertEquals(List.of(5L, 6L), offsets(log, "busy"));
        assertEquals(1, log.next(0).offset());
        assertEquals(OptionalLong.of(1), log.find("urn:both", TestReaders.EVERYTHING));

        log.append(Event.message(new Topic("quiet"), "x"));
        log.append(Event.message(new Topic("quiet"), "x"));
        assertEquals(null, log.next(0));
        assertEquals(OptionalLong.empty(), log.find("urn:both", TestReaders.EVERYTHING));
    }

    @Test
    void keepsTheNewestInAllOfItsTopicsAndNothingElseIfTheyAreTooMany() {
        MemoryLog log = new MemoryLog("e", RetentionBounds.of(new WindowBounds(10, 1 << 20, HOUR)), () -> 0);
        log.append(Event.message(new Topic("t1"), "before"));
        log.append(Event.message(new Topic("other"), "before"));
        String[] hundred = IntStream.range(0, 100).mapToObj(n -> "t" + n).toArray(String[]::new);
        log.append(new Event(topics(hundred), false, null, null, null, "large"));
        assertEquals(100, log.countTopics());
        assertEquals(List.of(3L), offsets(log, "t1"));
        assertEquals(List.of(3L), offsets(log, "t99"));
        assertEquals(List.of(), offsets(log, "other"));

        log.append(Event.message(new Topic("t1"), "after"));
        assertTrue(log.countTopics() <= 10, () -> log.countTopics() + " topics have entries");
        assertEquals(List.of(4L), offsets(log, "t1"));
    }

    @Test
    void missesNoTopicThatIsForgottenWhileItLooks() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        PrefixSelector chosen = new PrefixSelector("c");
        TopicSelector slow = topic -> {
            looking.countDown();
            await(forgotten);
            return false;
        };
        CompletableFuture<Long> floor = new CompletableFuture<>();
        AtomicReference<TopicWindows> windows = new AtomicReference<>();
        WindowBounds whole = new WindowBounds(100, 1 << 20, Duration.ofNanos(10));
        windows.set(new TopicWindows(new RetentionBounds(whole, new WindowBounds(1, 1 << 20, HOUR)), gone -> {
            if (gone.offset() == 4) { // the entry is not readable any more, but its topic is not yet removed
                assertEquals(
                        0, windows.get().findSelected(byPatterns(chosen), 0).count());
                floor.completeAsync(() -> windows.get().floor(byPatterns(chosen, slow), 0));
                await(looking);
            }
        }));
        windows.get().add(entry(1, "a", 0)); // a topic that the iterator visits before the other one
        windows.get().add(entry(2, "a", 100));
        windows.get().add(entry(3, "b", 100)); // and one between them, because iterators are one element ahead
        windows.get().add(entry(4, "c", 90));
        windows.get().evictExpired(101);
        forgotten.countDown();

        assertEquals(2, windows.get().countTopics());
        assertEquals(4, floor.get(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }

    private static TopicSelection byPatterns(TopicSelector... patterns) {
        return new TopicSelection(Set.of(), Set.of(patterns), new NoTopics());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static LogEntry entry(long offset, String topic, long at) {
        return new LogEntry(offset, EventKind.EVENT, topics(topic), false, null, new byte[] {1}, at, 0);
    }

    private static List<Topic> topics(String... names) {
        return Arrays.stream(names).map(Topic::new).toList();
    }

    private static List<Long> offsets(MemoryLog log, String topic) {
        return log.read(TopicSelection.of(Set.of(new Topic(topic))), 0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(LogEntry::offset)
                .toList();
    }
}
