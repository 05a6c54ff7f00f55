package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.log.LogEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests damage of the newest segment at one byte after another: at a sample of bytes, or at every byte with
 * {@code -Dcourant.journal.every-byte=true}.
 */
class TornJournalTest {

    private static final boolean EVERY_BYTE = Boolean.getBoolean("courant.journal.every-byte");
    private static final int SOME = 300;
    private static final int EVENTS = 40;
    private static final String FILE = Segment.logName(1);

    private byte[] before;
    private byte[] after;
    private EventId last;

    @BeforeEach
    void writeSome() {
        SimulatedDisk disk = new SimulatedDisk(Map.of());
        try (OpenJournal journal = OpenJournal.on(disk, SyncMode.ALWAYS)) {
            for (int i = 1; i < EVENTS; i++) {
                journal.append(event(i));
            }
            before = disk.copyFiles().get(FILE);
            last = journal.append(event(EVENTS));
            after = disk.copyFiles().get(FILE);
        }
    }

    private static Event event(int i) {
        return new Event(new Topic("t" + i % 3), "id-" + i, null, null, data(i));
    }

    private static String data(int i) {
        return ("event " + i + ' ').repeat(i == EVENTS ? 1500 : 20); // the last one fills several pages
    }

    private static IntStream some(int from, int to) {
        return EVERY_BYTE ? IntStream.range(from, to) : new Random(1).ints(SOME, from, to);
    }

    @Test
    void aFlippedBitInTheLastRecordCostsThisRecord() {
        some(before.length, after.length).forEach(position -> {
            byte[] damaged = flip(position);
            assertTrue(isLost(damaged, EVENTS - 1, "bit flipped in byte " + position), "byte " + position);
        });
    }

    @Test
    void aFlippedBitAnywhereCostsOneRecordAtMost() {
        some(0, before.length).forEach(position -> {
            String what = "bit flipped in byte " + position;
            try (OpenJournal journal = OpenJournal.on(disk(flip(position)), SyncMode.ALWAYS)) {
                Map<Long, String> found = read(journal, what);
                assertTrue(found.size() >= EVENTS - 1, what);
                boolean whole = found.size() == EVENTS;
                assertEquals(whole, journal.log().canReplayFrom(OpenJournal.topics("t0", "t1", "t2"), 0), what);
                assertFalse(journal.append(event(1)).equals(last), what + ": its id was given again");
            }
        });
    }

    @Test
    void aFileThatWasCutOffIsNeverServedBeyondItsEnd() {
        some(0, after.length).forEach(length -> isLost(Arrays.copyOf(after, length), 0, "cut off to " + length));
    }

    @Test
    void aWriteThatWasInterruptedIsAsIfItNeverWas() {
        some(before.length, after.length).forEach(position -> {
            byte[] torn = Arrays.copyOf(before, after.length); // zeros follow
            System.arraycopy(after, 0, torn, 0, position);
            assertTrue(isLost(torn, EVENTS - 1, "written up to byte " + position));
            byte[] reordered = after.clone();
            Arrays.fill(reordered, before.length, position + 1, (byte) 0);
            boolean same = Arrays.equals(reordered, after); // the record begins with zeros
            assertTrue(same || isLost(reordered, EVENTS - 1, "written from byte " + position));
        });
    }

    private byte[] flip(int position) {
        byte[] damaged = after.clone();
        damaged[position] ^= (byte) (1 << position % 8);
        return damaged;
    }

    private static SimulatedDisk disk(byte[] content) {
        return new SimulatedDisk(Map.of(FILE, content));
    }

    /** Returns whether the last event is lost; fails if more than that is lost or anything else is wrong. */
    private boolean isLost(byte[] content, int least, String what) {
        try (OpenJournal journal = OpenJournal.on(disk(content), SyncMode.ALWAYS)) {
            Map<Long, String> found = read(journal, what);
            for (long offset = 1; offset <= found.size(); offset++) {
                assertTrue(found.containsKey(offset), what);
            }
            boolean lost = found.size() < EVENTS;
            boolean unreadable = found.isEmpty() && content.length > 0; // the file stays, and takes its offset
            assertTrue(journal.log().head() == found.size() || unreadable, what);
            assertTrue(journal.log().canReplayFrom(OpenJournal.topics("t0", "t1", "t2"), 0) || unreadable, what);
            assertEquals(
                    lost,
                    journal.log().find(last.toString(), TestReaders.EVERYTHING).isEmpty(),
                    what + ": is its id known?");
            assertEquals(
                    lost,
                    journal.log().find("id-" + EVENTS, TestReaders.EVERYTHING).isEmpty(),
                    what + ": is the publisher's?");
            assertTrue(found.size() >= least, what + ": more than the last write is lost");
            assertFalse(journal.append(event(1)).equals(last), what + ": its id was given again");
            return lost;
        }
    }

    private static Map<Long, String> read(OpenJournal journal, String what) {
        Map<Long, String> found = new HashMap<>();
        List<LogEntry> entries = journal.entries(0, OpenJournal.topics("t0", "t1", "t2"));
        for (LogEntry entry : entries) {
            found.put(entry.offset(), EventFrame.read(entry.frame()).data());
        }
        found.forEach((offset, data) -> assertEquals(data(offset.intValue()), data, what));
        return found;
    }
}
