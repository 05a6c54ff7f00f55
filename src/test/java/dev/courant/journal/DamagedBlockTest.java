package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.log.LogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a damaged block or a truncated file with many small commits: the journal never opens as an empty one. */
class DamagedBlockTest {

    private static final int EVENTS = 400;
    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private final AtomicLong passed = new AtomicLong(); // milliseconds
    private final List<EventId> ids = new ArrayList<>();
    private byte[] whole;
    private int complete;
    private int copies;

    private static String data(long offset) {
        return offset + "q".repeat(new Random(offset).nextInt(3000));
    }

    @BeforeEach
    void write() throws InterruptedException {
        MemoryDisk disk = new MemoryDisk(new byte[0]);
        try (OpenJournal journal = OpenJournal.on(disk, directory, SyncMode.ALWAYS)) {
            for (int i = 1; i <= EVENTS; i++) {
                ids.add(journal.append("t" + i % 7, data(i)));
                if (i % 100 == 0) { // otherwise, all of it might count as the last write
                    long written = System.currentTimeMillis();
                    AwaitCondition.until(
                            () -> System.currentTimeMillis() > written + OpenStore.UNSYNCED_SECONDS * 1000 + 100);
                }
            }
            whole = disk.content();
        }
        CleanStopFiles.forget(directory);
    }

    @Test
    void blocksThatAreLostAreAGap() {
        Random random = new Random(1);
        int opened = 0;
        for (int percent = 2; percent < 100; percent += 3) {
            byte[] damaged = whole.clone();
            int position = (int) (whole.length / 100L * percent) / BLOCK * BLOCK;
            byte[] garbage = new byte[BLOCK];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, damaged, position, BLOCK);
            opened += isOpened(damaged, "garbage at " + percent + " %") ? 1 : 0;
        }
        assertTrue(opened > 20, "only " + opened + " were opened");
        assertTrue(copies > 10, "only " + copies + " were kept as they were");
        assertTrue(complete > 10, "only " + complete + " had the newest event");
    }

    @Test
    void aFileThatWasCutOffIsNotBegunAnew() {
        for (int percent = 0; percent < 100; percent += 3) {
            isOpened(Arrays.copyOf(whole, (int) (whole.length / 100L * percent) + 1), "cut off to " + percent + " %");
        }
    }

    /** Returns whether the journal opens with its readable events. If it does not, the file must be unchanged. */
    private boolean isOpened(byte[] damaged, String what) {
        MemoryDisk disk = new MemoryDisk(damaged);
        try (OpenJournal journal = OpenJournal.on(disk, directory, SyncMode.ALWAYS)) {
            assertTrue(journal.log().head() > 0, what);
            complete += journal.log().head() == EVENTS ? 1 : 0;
            if (disk.copied().length > 0) {
                copies++;
                assertArrayEquals(damaged, disk.copied(), what);
            }
            List<LogEntry> entries = journal.entries(0, OpenJournal.topics("t0", "t1", "t2", "t3", "t4", "t5", "t6"));
            for (LogEntry entry : entries) {
                assertEquals(
                        data(entry.offset()), EventFrame.read(entry.frame()).data(), what);
            }
            if (entries.size() < journal.log().head()) {
                assertFalse(journal.log().canReplayFrom(OpenJournal.topics("t1"), 0), what + ": a gap");
            }
            assertEquals(
                    journal.log().head() < EVENTS,
                    journal.log()
                            .find(ids.get(EVENTS - 1).toString(), TestReaders.EVERYTHING)
                            .isEmpty(),
                    what);
            return true;
        } catch (JournalRefusedException refused) {
            assertArrayEquals(damaged, disk.content(), what);
            assertFalse(String.valueOf(refused.getMessage()).contains("null"), refused.getMessage());
            return false;
        } finally {
            CleanStopFiles.forget(directory);
        }
    }
}
