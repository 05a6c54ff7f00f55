package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.IdempotencyKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRetentionTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path directory;

    private final AtomicLong later = new AtomicLong(); // milliseconds
    private final JournalClocks clocks =
            new JournalClocks(System::nanoTime, () -> System.currentTimeMillis() + later.get());

    private long size() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheNewestEvents() {
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(100, 1L << 30, WEEK), clocks)) {
            for (int i = 0; i < 1000; i++) {
                journal.append("t", "event " + i);
                int floor = (int) journal.log().history().floor();
                int kept = i + 1 - floor;
                assertTrue(kept <= 100 && (kept > 100 - 100 / 16 || floor == 0), "kept " + kept);
            }
            int floor = (int) journal.log().history().floor();
            assertEquals(
                    IntStream.range(floor, 1000).mapToObj(i -> "event " + i).toList(),
                    journal.after(0, OpenJournal.topics("t")));
            assertTrue(journal.log().canReplayFrom(OpenJournal.topics("t"), floor));
            assertFalse(journal.log().canReplayFrom(OpenJournal.topics("t"), floor - 1));
        }
    }

    @Test
    void whoMissedNothingOfItsTopicsIsToldOfNoGap() {
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(100, 1L << 30, WEEK), clocks)) {
            journal.append("seldom", "seen");
            EventId seen = journal.append("seldom", "seen too");
            IntStream.range(0, 50).forEach(i -> journal.append("often", "event " + i));
            journal.append("seldom", "missed");
            IntStream.range(0, 95).forEach(i -> journal.append("often", "event " + i));
            assertEquals(48, journal.log().history().floor());
            assertEquals(List.of("missed"), journal.after(seen, OpenJournal.topics("seldom")));
            assertFalse(journal.log().canReplayFrom(OpenJournal.topics("often"), seen.offset()));
            assertEquals(2, journal.log().history().floor(OpenJournal.topics("seldom"), 0));
        }
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(100, 1L << 30, WEEK), clocks)) {
            assertTrue(journal.log().canReplayFrom(OpenJournal.topics("seldom"), 2), "after a restart too");
            assertFalse(journal.log().canReplayFrom(OpenJournal.topics("seldom"), 1));
        }
    }

    @Test // since its index is in memory
    void aSegmentHasABoundedNumberOfTopics() throws IOException {
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(16 * 100, 1L << 30, WEEK), clocks)) {
            for (int i = 0; i < 10; i++) {
                int event = i;
                List<Topic> topics = IntStream.range(0, 100)
                        .mapToObj(topic -> new Topic(event + "-" + topic))
                        .toList();
                journal.append(new Event(topics, false, null, null, null, "data"));
            }
            try (Stream<Path> files = Files.list(directory)) {
                assertEquals(
                        5,
                        files.filter(file -> file.toString().endsWith(".log")).count());
            }
            assertEquals(List.of("data"), journal.after(0, OpenJournal.topics("7-33")));
        }
    }

    @Test
    void whatIsTooOldGoesAndItsOffsetsAreNotGivenAgain() throws InterruptedException {
        EventId last;
        try (OpenJournal journal = OpenJournal.in(directory, OpenJournal.ROOMY, clocks)) {
            IntStream.range(0, 99).forEach(i -> journal.append("t", "event " + i));
            last = journal.append(new Event(new Topic("t"), "mine", null, null, "last"));
            later.addAndGet(WEEK.toMillis() + 1);
            AwaitCondition.until(() -> journal.after(0, OpenJournal.topics("t")).isEmpty());
            assertEquals(100, journal.log().history().floor());
            assertEquals(OptionalLong.empty(), journal.log().find("mine", TestReaders.EVERYTHING));
        }
        try (OpenJournal journal = OpenJournal.in(directory, OpenJournal.ROOMY, clocks)) {
            assertEquals(new EventId(last.epoch(), 101), journal.append("t", "next"));
            assertEquals(List.of("next"), journal.after(last, OpenJournal.topics("t")));
        }
    }

    @Test
    void anIdOfWhichSomeEventsAreGoneIsNotKnown() {
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(100, 1L << 30, WEEK), clocks)) {
            journal.append(new Event(new Topic("t"), "twice", null, null, "first"));
            IntStream.range(0, 98).forEach(i -> journal.append("t", "event " + i));
            journal.append(new Event(new Topic("t"), "twice", null, null, "second"));
            assertEquals(OptionalLong.of(1), journal.log().find("twice", TestReaders.EVERYTHING));
            journal.append("t", "one too many");
            assertEquals(OptionalLong.empty(), journal.log().find("twice", TestReaders.EVERYTHING));
        }
    }

    @Test
    void theDirectoryStaysWithinItsBytesAndShrinksWhileItIsOpen() throws InterruptedException {
        long most = JournalBounds.LEAST_BYTES;
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(1_000_000, most, WEEK), clocks)) {
            Random random = new Random(1);
            for (int i = 0; i < 60; i++) {
                List<CompletionStage<EventId>> some = IntStream.range(0, 100)
                        .mapToObj(n -> journal.log().append(Event.message(new Topic("t" + n), text(random))))
                        .toList();
                some.forEach(stored -> stored.toCompletableFuture().join());
                assertTrue(size() <= most + most / 16, size() + " bytes");
            }
            long kept = journal.log().head() - journal.log().history().floor();
            assertTrue(kept > 1400, "only " + kept + " of 10 KB each");

            later.addAndGet(WEEK.toMillis() + 1);
            AwaitCondition.until(() -> size() < 1000);
            assertEquals(6000, journal.log().head());
        }
    }

    @Test
    void ofLargeEventsNoMoreGoThanHaveTo() {
        long most = JournalBounds.LEAST_BYTES;
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(1_000_000, most, WEEK), clocks)) {
            Random random = new Random(1);
            for (int i = 1; i <= 20; i++) {
                journal.append("t", text(random, 3 << 20));
                long kept = journal.log().head() - journal.log().history().floor();
                assertTrue(kept >= Math.min(i, 5), "only " + kept + " of 3 MiB each");
                assertTrue(size() <= most + most / 16, size() + " bytes");
            }
        }
    }

    @Test
    void aKeyIsRememberedLongerThanItsEvent() throws InterruptedException {
        JournalBounds one = new JournalBounds(1, JournalBounds.LEAST_BYTES, WEEK);
        Event event = Event.message(new Topic("t"), "once");
        IdempotencyKey once = IdempotencyKey.of("a key", event);
        EventId id;
        try (OpenJournal journal = OpenJournal.in(directory, one, clocks)) {
            id = journal.log().append(event, once).toCompletableFuture().join();
            journal.append("t", "next");
            AwaitCondition.until(() -> journal.log().history().floor() == 1);
        }
        try (OpenJournal journal = OpenJournal.in(directory, one, clocks)) {
            assertEquals(
                    id, journal.log().append(event, once).toCompletableFuture().join());
        }
        assertTrue(Files.exists(directory.resolve(Segment.indexName(1))), "with the key");
        later.addAndGet(IdempotencyKey.LIFETIME.toMillis() + 1);
        try (OpenJournal journal = OpenJournal.in(directory, one, clocks)) {
            AwaitCondition.until(() -> Files.notExists(directory.resolve(Segment.indexName(1))));
            assertEquals(
                    3,
                    journal.log()
                            .append(event, once)
                            .toCompletableFuture()
                            .join()
                            .offset());
        }
    }

    @Test
    void whatIsLargerThanHalfTheJournalIsRefused() {
        long most = JournalBounds.LEAST_BYTES;
        try (OpenJournal journal = OpenJournal.in(directory, new JournalBounds(1_000_000, most, WEEK), clocks)) {
            CompletionException refused =
                    assertThrows(CompletionException.class, () -> journal.append("t", "x".repeat((int) most / 2)));
            assertEquals(EventTooLargeException.class, refused.getCause().getClass());
            journal.append("t", "x".repeat((int) most / 2 - 100));
        }
    }

    private static String text(Random random) {
        return text(random, 10_000);
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
