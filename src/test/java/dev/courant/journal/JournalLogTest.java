package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.KeyReusedException;
import dev.courant.log.ReplayLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLogTest {

    @TempDir
    Path directory;

    @Test
    void eventsAndTheirIdsAreTheSameAfterARestart() {
        List<EventId> ids = new ArrayList<>();
        try (OpenJournal journal = OpenJournal.in(directory)) {
            IntStream.range(0, 100).forEach(i -> ids.add(journal.append("t", "event " + i)));
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            assertEquals(ids.get(99), journal.log().idOf(journal.log().head()));
            assertEquals(
                    IntStream.range(43, 100).mapToObj(i -> "event " + i).toList(),
                    journal.after(ids.get(42), OpenJournal.topics("t")));
            assertEquals(new EventId(ids.get(0).epoch(), 101), journal.append("t", "another"));
        }
    }

    @Test
    void whatIsInMemoryAfterARestartIsTheNewest() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            IntStream.range(0, 100).forEach(i -> journal.append("t", "event " + i));
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            TopicSelection topic = OpenJournal.topics("t");
            assertEquals(90, journal.log().floor(topic, 0));
            assertEquals(
                    OpenJournal.IN_MEMORY,
                    journal.log().read(topic, 90, 100, Integer.MAX_VALUE).size());
        }
    }

    @Test
    void aTopicIsReadFromDeepHistoryInOrder() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            EventId first = journal.append("rare", "rare 0");
            for (int i = 1; i <= 3000; i++) {
                journal.append(i % 1000 == 0 ? "rare" : "busy", (i % 1000 == 0 ? "rare " : "busy ") + i);
            }
            assertEquals(
                    List.of("rare 1000", "rare 2000", "rare 3000"), journal.after(first, OpenJournal.topics("rare")));
            assertEquals(
                    3000,
                    journal.after(first, OpenJournal.topics("rare", "busy")).size());
        }
    }

    @Test
    void anEventOfSeveralTopicsIsReadOnce() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            Event both = new Event(List.of(new Topic("a"), new Topic("b")), false, null, null, null, "both");
            journal.append(both);
            assertEquals(List.of("both"), journal.after(0, OpenJournal.topics("a", "b")));
            assertEquals(List.of("both"), journal.after(0, OpenJournal.topics("b")));
        }
    }

    @Test
    void patternsReadWhatTheyMatch() {
        record StartsWith(String start) implements TopicSelector {
            @Override
            public boolean matches(String topic) {
                return topic.startsWith(start);
            }
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            for (int i = 0; i < 500; i++) {
                journal.append((i % 7 == 0 ? "seven/" : "other/") + i, "event " + i);
            }
            TopicSelection sevens = new TopicSelection(Set.of(), Set.of(new StartsWith("seven/")), topic -> false);
            List<String> expected = IntStream.range(0, 500)
                    .filter(i -> i % 7 == 0)
                    .mapToObj(i -> "event " + i)
                    .toList();
            assertEquals(expected, journal.after(0, sevens));
            assertEquals(expected.subList(60, 72), journal.after(420, sevens), "by every event, which are fewer");
            assertEquals(491, journal.log().history().findReplayStart(sevens, 0, new ReplayLimit(1, 1 << 20)));
        }
    }

    @Test
    void restrictedEventsAreReadByThoseAloneWhoMay() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            journal.append(new Event(List.of(new Topic("t")), true, null, null, null, "secret"));
            IntStream.range(0, 50).forEach(i -> journal.append("t", "open " + i));
            TopicSelection insider = new TopicSelection(Set.of(new Topic("t")), Set.of(), topic -> topic.equals("t"));
            assertEquals(51, journal.after(0, insider).size());
            assertEquals(50, journal.after(0, OpenJournal.topics("t")).size());
            ReplayLimit fifty = new ReplayLimit(50, 1 << 20);
            assertEquals(0, journal.log().history().findReplayStart(OpenJournal.topics("t"), 0, fifty));
            assertEquals(1, journal.log().history().findReplayStart(insider, 0, fifty));
        }
    }

    @Test
    void whatAPublisherCalledItsEventIsFoundAfterARestart() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            journal.append(new Event(new Topic("t"), "mine", null, null, "first"));
            IntStream.range(0, 50).forEach(i -> journal.append("t", "event " + i));
            journal.append(new Event(new Topic("t"), "mine", null, null, "again"));
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            assertEquals(
                    OptionalLong.of(1),
                    journal.log().find("mine", TestReaders.EVERYTHING),
                    "the earliest, though a later is in memory");
            assertEquals(OptionalLong.empty(), journal.log().find("yours", TestReaders.EVERYTHING));
        }
    }

    @Test
    void aKeyIsRememberedOverARestart() {
        Event event = Event.message(new Topic("t"), "data");
        EventId id;
        try (OpenJournal journal = OpenJournal.in(directory)) {
            id = journal.log()
                    .append(event, IdempotencyKey.of("key", event))
                    .toCompletableFuture()
                    .join();
            IntStream.range(0, 50).forEach(i -> journal.append("t", "event " + i));
        }
        try (OpenJournal journal = OpenJournal.in(directory)) {
            assertEquals(
                    id,
                    journal.log()
                            .append(event, IdempotencyKey.of("key", event))
                            .toCompletableFuture()
                            .join());
            Event other = Event.message(new Topic("t"), "other");
            CompletionStage<EventId> reused = journal.log().append(other, IdempotencyKey.of("key", other));
            CompletionException failed = assertThrows(
                    CompletionException.class,
                    () -> reused.toCompletableFuture().join());
            assertEquals(KeyReusedException.class, failed.getCause().getClass());
        }
    }

    @Test
    void aKeyIsRememberedThoughTheJournalWasNotClosed() {
        Event event = Event.message(new Topic("t"), "data");
        EventId id;
        try (OpenJournal journal = OpenJournal.in(directory)) {
            id = journal.log()
                    .append(event, IdempotencyKey.of("key", event))
                    .toCompletableFuture()
                    .join();
        }
        CleanStopFiles.forget(directory);
        try (OpenJournal journal = OpenJournal.in(directory)) {
            assertEquals(
                    id,
                    journal.log()
                            .append(event, IdempotencyKey.of("key", event))
                            .toCompletableFuture()
                            .join());
        }
    }

    @Test
    void aJournalThatWasNotClosedGoesOnUnderAnotherEpochAndKnowsTheOld() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        EventId last;
        EventId lost;
        try (OpenJournal journal = OpenJournal.in(directory)) {
            IntStream.range(0, 99).forEach(i -> journal.append("t", "event " + i));
            last = journal.append("t", "last");
            Path file = directory.resolve(Segment.logName(1));
            Files.copy(file, copy.resolve(file.getFileName()));
            lost = journal.append("t", "lost with what the machine had in memory");
        }
        try (OpenJournal journal = OpenJournal.in(copy)) {
            EventId next = journal.append("t", "next");
            assertNotEquals(last.epoch(), next.epoch());
            assertEquals(101, next.offset());
            assertEquals(List.of("next"), journal.after(last, OpenJournal.topics("t")));
            assertEquals(
                    OptionalLong.empty(),
                    journal.log().find(lost.toString(), TestReaders.EVERYTHING),
                    "its place is another's now");
        }
    }

    @Test
    void nobodyElseOpensItUntilItIsClosed() {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            JournalRefusedException refused =
                    assertThrows(JournalRefusedException.class, () -> OpenJournal.in(directory));
            assertTrue(refused.getMessage().contains(": it is in use by another application of this server. "));
            assertFalse(refused.getMessage().contains("\n"));
            journal.append("t", "still mine");
        }
        OpenJournal.in(directory).close();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        JournalRefusedException refused = assertThrows(JournalRefusedException.class, () -> OpenJournal.in(file));
        assertTrue(refused.getMessage().endsWith(": it is not a directory. Choose another path"), refused.getMessage());
    }

    @Test
    void nothingIsAppendedOnceItIsClosed() {
        OpenJournal journal = OpenJournal.in(directory);
        journal.close();
        journal.close();
        assertThrows(IllegalStateException.class, () -> journal.append("t", "too late"));
    }
}
