package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.TestDeadline;
import dev.courant.event.Event;
import dev.courant.event.Nothing;
import dev.courant.event.Prefix;
import dev.courant.event.Readers;
import dev.courant.event.Selection;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
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

/** Entries that stand in the windows of several topics. */
class WindowsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void holdsAnEntryUntilTheLastOfItsTopicsHasLetGoOfIt() {
        MemoryLog log = new MemoryLog(
                "e", new Retention(new Window(100, 1 << 20, HOUR), new Window(2, 1 << 20, HOUR)), () -> 0);
        log.append(new Event(topics("busy", "quiet"), false, "urn:both", null, null, "both"));
        for (int n = 0; n < 5; n++) {
            log.append(Event.message(new Topic("busy"), "x"));
        }
        assertEquals(List.of(1L), offsets(log, "quiet"));
        assertEquals(List.of(5L, 6L), offsets(log, "busy"));
        assertEquals(1, log.next(0).offset());
        assertEquals(OptionalLong.of(1), log.find("urn:both", Readers.EVERYTHING));

        log.append(Event.message(new Topic("quiet"), "x"));
        log.append(Event.message(new Topic("quiet"), "x"));
        assertEquals(null, log.next(0));
        assertEquals(OptionalLong.empty(), log.find("urn:both", Readers.EVERYTHING));
    }

    @Test
    void keepsTheNewestInAllOfItsTopicsAndNothingElseIfTheyAreTooMany() {
        MemoryLog log = new MemoryLog("e", Retention.of(new Window(10, 1 << 20, HOUR)), () -> 0);
        log.append(Event.message(new Topic("t1"), "before"));
        log.append(Event.message(new Topic("other"), "before"));
        String[] hundred = IntStream.range(0, 100).mapToObj(n -> "t" + n).toArray(String[]::new);
        log.append(new Event(topics(hundred), false, null, null, null, "large"));
        assertEquals(100, log.topics());
        assertEquals(List.of(3L), offsets(log, "t1"));
        assertEquals(List.of(3L), offsets(log, "t99"));
        assertEquals(List.of(), offsets(log, "other"));

        log.append(Event.message(new Topic("t1"), "after"));
        assertTrue(log.topics() <= 10, () -> log.topics() + " topics hold something");
        assertEquals(List.of(4L), offsets(log, "t1"));
    }

    @Test
    void missesNoTopicThatIsForgottenWhileItLooks() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        Prefix chosen = new Prefix("c");
        TopicSelector slow = topic -> {
            looking.countDown();
            await(forgotten);
            return false;
        };
        CompletableFuture<Long> floor = new CompletableFuture<>();
        AtomicReference<Windows> windows = new AtomicReference<>();
        Window whole = new Window(100, 1 << 20, Duration.ofNanos(10));
        windows.set(new Windows(new Retention(whole, new Window(1, 1 << 20, HOUR)), gone -> {
            if (gone.offset() == 4) { // it can be read no longer, but its topic is not yet forgotten
                assertEquals(0, windows.get().of(byPatterns(chosen), 0).count());
                floor.completeAsync(() -> windows.get().floor(byPatterns(chosen, slow), 0));
                await(looking);
            }
        }));
        windows.get().add(entry(1, "a", 0)); // a topic that is looked at before the other
        windows.get().add(entry(2, "a", 100));
        windows.get().add(entry(3, "b", 100)); // and one that comes between, as iterators are one ahead
        windows.get().add(entry(4, "c", 90));
        windows.get().expire(101);
        forgotten.countDown();

        assertEquals(2, windows.get().size());
        assertEquals(4, floor.get(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }

    private static Selection byPatterns(TopicSelector... patterns) {
        return new Selection(Set.of(), Set.of(patterns), new Nothing());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static Entry entry(long offset, String topic, long at) {
        return new Entry(offset, topics(topic), false, null, new byte[] {1}, at);
    }

    private static List<Topic> topics(String... names) {
        return Arrays.stream(names).map(Topic::new).toList();
    }

    private static List<Long> offsets(MemoryLog log, String topic) {
        return log.read(Selection.of(Set.of(new Topic(topic))), 0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(Entry::offset)
                .toList();
    }
}
