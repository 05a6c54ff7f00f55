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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests damage of the last write at one byte after another: at a sample of bytes, or at every byte with
 * {@code -Dcourant.journal.every-byte=true}.
 */
class TornJournalTest {

    private static final boolean EVERY_BYTE = Boolean.getBoolean("courant.journal.every-byte");
    private static final int SOME = 150;
    private static final int EVENTS = 40;

    @TempDir
    Path directory;

    private byte[] before;
    private byte[] after;
    private EventId last;

    @BeforeEach
    void writeSome() {
        MemoryDisk disk = new MemoryDisk(new byte[0]);
        try (OpenJournal journal = OpenJournal.on(disk, directory, SyncMode.ALWAYS)) {
            for (int i = 1; i < EVENTS; i++) {
                journal.append(event(i));
            }
            before = disk.content();
            last = journal.append(event(EVENTS));
            after = disk.content();
        }
        CleanStopFiles.forget(directory);
    }

    private static Event event(int i) {
        return new Event(new Topic("t" + i % 3), "id-" + i, null, null, data(i));
    }

    private static String data(int i) {
        return ("event " + i + ' ').repeat(i == EVENTS ? 3000 : 20); // the last one fills several blocks
    }

    private IntStream some(IntStream positions) {
        int[] all = positions.toArray();
        return EVERY_BYTE
                ? Arrays.stream(all)
                : new Random(1).ints(SOME, 0, all.length).map(i -> all[i]);
    }

    /** Returns the positions of the bytes that the last commit changed. */
    private IntStream written() {
        return IntStream.range(0, after.length).filter(i -> i >= before.length || before[i] != after[i]);
    }

    @Test
    void aFlippedBitIsNeverServed() {
        int[] lost = new int[1];
        some(written()).forEach(position -> {
            byte[] damaged = after.clone();
            damaged[position] ^= (byte) (1 << position % 8);
            lost[0] += isLost(damaged, EVENTS - 1, "bit flipped in byte " + position) ? 1 : 0;
        });
        assertTrue(lost[0] > SOME / 2, "only " + lost[0] + " of the damages mattered");
    }

    @Test
    void aFileThatWasCutOffIsNeverServedBeyondItsEnd() {
        some(IntStream.range(after.length - 40_000, after.length))
                .forEach(length -> isLost(Arrays.copyOf(after, length), 0, "cut off to " + length));
    }

    @Test
    void aCommitThatWasWrittenInPartIsAsIfItWasNot() {
        some(written()).forEach(position -> {
            byte[] torn = Arrays.copyOf(before, after.length);
            System.arraycopy(after, 0, torn, 0, position);
            isLost(torn, EVENTS - 1, "written up to byte " + position);
        });
    }

    /** Returns whether the last event is lost; fails if more than that is lost or anything else is wrong. */
    private boolean isLost(byte[] content, int least, String what) {
        try (OpenJournal journal = OpenJournal.on(new MemoryDisk(content), directory, SyncMode.ALWAYS)) {
            List<LogEntry> entries = journal.entries(0, OpenJournal.topics("t0", "t1", "t2"));
            for (int i = 0; i < entries.size(); i++) {
                assertEquals(i + 1, entries.get(i).offset(), what);
                assertEquals(
                        data(i + 1), EventFrame.read(entries.get(i).frame()).data(), what);
            }
            boolean lost = entries.size() < EVENTS;
            assertEquals(
                    lost,
                    journal.log().find(last.toString(), TestReaders.EVERYTHING).isEmpty(),
                    what + ": is its id known?");
            assertEquals(
                    lost,
                    journal.log().find("id-" + EVENTS, TestReaders.EVERYTHING).isEmpty(),
                    what + ": is the publisher's?");
            assertTrue(entries.size() >= least, what + ": more than the last commit is lost");
            assertFalse(journal.append(event(1)).equals(last), what + ": its id was given again");
            return lost;
        } catch (JournalRefusedException refused) {
            assertFalse(String.valueOf(refused.getMessage()).contains("\n"), what);
            return true;
        } finally {
            CleanStopFiles.forget(directory);
        }
    }
}
