package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.log.LogEntry;
import dev.courant.log.TopicEndedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a topic in a journal, also after a restart and beyond the window. */
class EndedJournalTest {

    private static final Topic A = new Topic("a");
    private static final JournalBounds SMALL_SEGMENTS = new JournalBounds(64, 1L << 30, Duration.ofDays(7));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 40})
    void survivesARestart(int laterEvents) throws IOException {
        EventId end;
        try (OpenJournal journal = open()) {
            end = journal.append(Event.end(List.of(A, new Topic("b")), true, null, "last"));
            fill(journal, laterEvents);
            assertEnd(journal, end);
        }
        try (OpenJournal journal = open()) {
            assertEnd(journal, end);
        }
        deleteIndexes();
        try (OpenJournal journal = open()) {
            assertEnd(journal, end);
        }
    }

    @Test
    void goesWithItsSegment() {
        try (OpenJournal journal = open()) {
            EventId end = journal.append(Event.end(List.of(A), false, null, "last"));
            for (int n = 0; n < 20 || journal.log().history().floor() < end.offset(); n++) {
                journal.append("other " + n, "more");
            }
            assertNull(journal.log().findEnd(A));
            journal.append("a", "again");
        }
    }

    @Test
    void holdsForLaterEventsOfTheSameBatch() throws IOException {
        JournalLog log = OpenJournal.unstarted(new SimulatedDisk(Map.of()), SyncMode.ALWAYS);
        CompletableFuture<EventId> before = append(log, Event.message(A, "1"));
        CompletableFuture<EventId> end = append(log, Event.end(List.of(A), false, null, ""));
        CompletableFuture<EventId> after = append(log, Event.message(A, "2"));
        CompletableFuture<EventId> other = append(log, Event.message(new Topic("b"), "3"));
        log.writer().turn();

        assertEquals(1, before.join().offset());
        assertEquals(2, end.join().offset());
        assertTrue(assertThrows(CompletionException.class, after::join).getCause() instanceof TopicEndedException);
        assertEquals(3, other.join().offset());
        assertEquals(3, log.head());
    }

    private static CompletableFuture<EventId> append(JournalLog log, Event event) {
        return log.append(event, null).toCompletableFuture();
    }

    private OpenJournal open() {
        return OpenJournal.in(directory, SMALL_SEGMENTS, JournalClocks.system());
    }

    private static void fill(OpenJournal journal, int events) {
        for (int n = 0; n < events; n++) {
            journal.append("other", "more");
        }
    }

    private void deleteIndexes() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path index :
                    files.filter(file -> file.toString().endsWith(".idx")).toList()) {
                Files.delete(index);
            }
        }
    }

    private static void assertEnd(OpenJournal journal, EventId end) {
        LogEntry found = journal.log().findEnd(A);
        assertNotNull(found);
        assertEquals(end.offset(), found.offset());
        assertEquals(EventKind.END, found.kind());
        assertTrue(found.restricted());
        assertEquals("last", EventFrame.read(found.frame()).data());
        CompletionException refused = assertThrows(CompletionException.class, () -> journal.append("a", "more"));
        assertTrue(refused.getCause() instanceof TopicEndedException);
        assertNull(journal.log().findEnd(new Topic("other")));
    }
}
