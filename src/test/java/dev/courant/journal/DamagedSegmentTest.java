package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventFrame;
import dev.courant.event.TestReaders;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests damage of a journal with ten segments: it costs the damaged events, and the journal stores further ones. */
class DamagedSegmentTest {

    private static final int EVENTS = 500;
    private static final int SEGMENT = 50;
    private static final int PAGE = 4096;
    private static final JournalBounds BOUNDS = new JournalBounds(16 * SEGMENT, 1L << 30, Duration.ofDays(7));
    private static final TopicSelection ALL = OpenJournal.topics("t0", "t1", "t2", "t3", "t4");

    private Map<String, byte[]> whole;

    private static String data(long offset) {
        return offset + "q".repeat(new Random(offset).nextInt(3000));
    }

    @BeforeEach
    void write() {
        SimulatedDisk disk = new SimulatedDisk(Map.of());
        try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, SyncMode.ALWAYS, JournalClocks.system())) {
            for (int i = 1; i <= EVENTS; i++) {
                journal.append("t" + i % 5, data(i));
            }
            whole = disk.copyFiles();
        }
        assertEquals(19, whole.size(), "ten segments, nine indexes");
    }

    private static int countLost(Map<String, byte[]> damaged, String what) {
        return countLost(new SimulatedDisk(damaged), what);
    }

    /** Opens a journal, checks it, and returns how many events it has lost. */
    private static int countLost(SimulatedDisk disk, String what) {
        int lost;
        try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, JournalClocks.system())) {
            lost = check(journal, EVENTS, what);
            assertEquals(
                    "next",
                    journal.after(journal.append("t0", "next").offset() - 1, ALL)
                            .get(0),
                    what);
        }
        try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, JournalClocks.system())) {
            assertEquals(lost, check(journal, EVENTS, what), what + ": after another start");
        }
        return lost;
    }

    private static int check(OpenJournal journal, int events, String what) {
        List<LogEntry> entries = journal.entries(0, ALL);
        int found = 0;
        for (LogEntry entry : entries) {
            String data = EventFrame.read(entry.frame()).data();
            if (!data.equals("next")) {
                assertEquals(data(entry.offset()), data, what);
                found++;
            }
        }
        boolean tailIsLost =
                entries.isEmpty() || entries.size() == journal.log().head();
        assertTrue(
                found == events || tailIsLost || !journal.log().canReplayFrom(ALL, 0),
                what + ": " + (events - found) + " events are missing without a gap");
        return events - found;
    }

    private Map<String, byte[]> copy() {
        Map<String, byte[]> copy = new TreeMap<>();
        whole.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    private static String segment(int index) {
        return Segment.logName(1 + index * SEGMENT);
    }

    private static String index(int index) {
        return Segment.indexName(1 + index * SEGMENT);
    }

    @Test
    void aCopyOfTheClosedSegmentsIsABackup() {
        Map<String, byte[]> backup = copy();
        backup.keySet().removeIf(name -> !whole.containsKey(name.replace(".log", ".idx")));
        assertEquals(18, backup.size());
        try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(backup), BOUNDS, JournalClocks.system())) {
            assertEquals(9 * SEGMENT, journal.entries(0, ALL).size());
            assertTrue(journal.log().canReplayFrom(ALL, 0));
            assertEquals(9 * SEGMENT + 1, journal.append("t0", "next").offset());
        }
    }

    @Test
    void anUndamagedJournalIsComplete() {
        assertEquals(0, countLost(copy(), "undamaged"));
    }

    @Test
    void aPageOfGarbageCostsItsEvents() {
        Random random = new Random(1);
        for (String name : whole.keySet()) {
            int position = random.nextInt(Math.max(1, whole.get(name).length - PAGE));
            Map<String, byte[]> damaged = copy();
            byte[] file = damaged.get(name);
            byte[] garbage = new byte[Math.min(PAGE, file.length)];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, file, position, garbage.length);
            damaged.put(name, file);
            int lost = countLost(damaged, "garbage at " + position + " of " + name);
            assertTrue(lost <= (name.endsWith(".log") ? 10 : 0), lost + " lost in " + name);
        }
    }

    @Test
    void aPageThatCannotBeReadCostsItsEvents() {
        for (boolean indexed : new boolean[] {false, true}) {
            for (String name : whole.keySet()) {
                for (int page = 0; page <= whole.get(name).length / PAGE; page += 7) {
                    Map<String, byte[]> files = copy();
                    if (!indexed) {
                        files.keySet().removeIf(file -> file.endsWith(".idx") && !file.equals(name));
                    }
                    SimulatedDisk disk = new SimulatedDisk(files);
                    disk.makeUnreadable(name, page);
                    int lost = countLost(disk, "page " + page + " of " + name);
                    assertTrue(lost <= (name.endsWith(".log") ? 10 : 0), lost + " lost in " + name);
                }
            }
        }
    }

    @Test
    void aSegmentThatCannotBeReadIsNotDeletedBeforeTheNextOne() {
        Map<String, byte[]> files = copy();
        files.remove(index(0));
        SimulatedDisk disk = new SimulatedDisk(files);
        for (int page = 0; page <= files.get(segment(0)).length / PAGE; page++) {
            disk.makeUnreadable(segment(0), page);
        }
        assertEquals(SEGMENT, countLost(disk, "without a readable page"));
        assertTrue(disk.list().contains(segment(0)));
    }

    @Test
    void damageBehindTheIndexIsFoundWhenItIsRead() {
        Map<String, byte[]> damaged = copy();
        byte[] file = damaged.get(segment(3));
        file[file.length / 2] ^= 1;
        try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(damaged), BOUNDS, JournalClocks.system())) {
            assertTrue(journal.log().canReplayFrom(ALL, 0), "not read yet");
            assertEquals(1, check(journal, EVENTS, "one bit"));
            assertFalse(journal.log().canReplayFrom(ALL, 150));
            assertTrue(journal.log().canReplayFrom(ALL, 199));
        }
    }

    @Test
    void aMissingSegmentIsAGap() {
        IntStream.range(0, 10).forEach(missing -> {
            Map<String, byte[]> damaged = copy();
            damaged.remove(segment(missing));
            assertEquals(SEGMENT, countLost(damaged, "without segment " + missing));
        });
    }

    @Test
    void aDamagedSegmentAfterAMissingOneIsAGapToItsEnd() {
        Map<String, byte[]> damaged = copy();
        damaged.remove(segment(3));
        damaged.remove(index(4));
        damaged.get(segment(4))[damaged.get(segment(4)).length / 2] ^= 1;
        assertEquals(SEGMENT + 1, countLost(damaged, "two damages"));
        try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(damaged), BOUNDS, JournalClocks.system())) {
            assertFalse(journal.log().canReplayFrom(ALL, 4 * SEGMENT));
            assertTrue(journal.log().canReplayFrom(ALL, 5 * SEGMENT));
        }
    }

    @Test
    void damageIsAGapAfterItsSegmentIsDeleted() {
        Map<String, byte[]> damaged = copy();
        damaged.put(segment(0), Arrays.copyOf(damaged.get(segment(0)), 60));
        damaged.remove(index(0));
        damaged.remove(index(1));
        SimulatedDisk disk = new SimulatedDisk(damaged);
        try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, JournalClocks.system())) {
            for (int i = EVENTS; i < 17 * SEGMENT; i++) {
                journal.append("other", "next");
            }
            assertFalse(disk.copyFiles().containsKey(segment(0)), "the damaged segment is deleted");
        }
        try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, JournalClocks.system())) {
            assertFalse(journal.log().canReplayFrom(OpenJournal.topics("t1"), 0));
            assertTrue(journal.log().canReplayFrom(OpenJournal.topics("t1"), SEGMENT));
        }
    }

    @Test
    void aSegmentThatWasCutOffCostsWhatWasCut() {
        for (int length : new int[] {0, 1, 20, 32, 40, 60, 100, 5000, 50_000}) {
            Map<String, byte[]> damaged = copy();
            damaged.put(segment(4), Arrays.copyOf(damaged.get(segment(4)), length));
            int lost = countLost(damaged, "cut off to " + length);
            assertTrue(lost >= SEGMENT - length / 100 && lost <= SEGMENT, lost + " lost");
        }
    }

    @Test
    void anIndexIsBuiltAgain() {
        byte[] foreign = whole.get(index(2));
        byte[] flipped = whole.get(index(3)).clone();
        flipped[flipped.length / 2] ^= 4;
        for (byte[] instead : List.of(foreign, flipped, new byte[0], new byte[100], Arrays.copyOf(flipped, 50))) {
            Map<String, byte[]> damaged = copy();
            damaged.put(index(3), instead);
            SimulatedDisk disk = new SimulatedDisk(damaged);
            try (OpenJournal journal = OpenJournal.on(disk, BOUNDS, JournalClocks.system())) {
                assertEquals(0, check(journal, EVENTS, "another index"));
                assertTrue(journal.log().canReplayFrom(ALL, 0));
            }
            assertEquals(whole.get(index(3)).length, disk.copyFiles().get(index(3)).length);
        }
        Map<String, byte[]> damaged = copy();
        IntStream.range(0, 9).forEach(i -> damaged.remove(index(i)));
        assertEquals(0, countLost(damaged, "without any index"));
    }

    @Test
    void anIndexOfAnotherJournalWithTheSameOffsetsIsNotUsed() {
        SimulatedDisk other = new SimulatedDisk(Map.of());
        try (OpenJournal journal = OpenJournal.on(other, BOUNDS, JournalClocks.system())) {
            for (int i = 1; i <= 2 * SEGMENT; i++) {
                journal.append("u" + i % 5, data(i)); // its records have the same positions
            }
        }
        Map<String, byte[]> damaged = copy();
        damaged.put(index(0), other.copyFiles().get(index(0)));
        assertEquals(0, countLost(damaged, "the index of another journal"));
    }

    @Test
    void idsAreNotGivenAgainThoughTheNewestSegmentIsGone() {
        Map<String, byte[]> damaged = copy();
        String last;
        try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(damaged), BOUNDS, JournalClocks.system())) {
            last = journal.append("t0", "seen").toString();
        }
        damaged.remove(segment(9));
        try (OpenJournal journal = OpenJournal.on(new SimulatedDisk(damaged), BOUNDS, JournalClocks.system())) {
            IntStream.range(0, SEGMENT + 5).forEach(i -> journal.append("t0", "next"));
            assertTrue(journal.log().find(last, TestReaders.EVERYTHING).isEmpty());
        }
    }
}
