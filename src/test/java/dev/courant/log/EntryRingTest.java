package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryRingTest {

    private final EntryRing ring = new EntryRing(4);
    private final LogEntry[] entries = new LogEntry[7];

    EntryRingTest() {
        for (int offset = 1; offset <= 6; offset++) {
            entries[offset] =
                    new LogEntry(offset, EventKind.EVENT, List.of(new Topic("a")), false, null, new byte[] {1}, 0, 0);
            ring.put(entries[offset]);
        }
    }

    @Test
    void keepsTheNewestAndNotWhatIsRemoved() {
        ring.remove(entries[2]); // its slot has a newer entry
        ring.remove(entries[5]);

        assertNull(ring.get(2));
        assertNull(ring.get(5));
        assertEquals(6, ring.get(6).offset());
        assertNull(ring.get(7));
    }

    @Test
    void hasAllAfterAnOffsetUntilTheNextOneToComeMayTakeTheFirstPlace() {
        assertTrue(ring.hasAllAfter(3, 6), "the seventh entry replaces the third");
        assertFalse(ring.hasAllAfter(2, 6), "the replacing entry may be there before it is the head");
    }

    @Test
    void isWalkedBothWaysOverWhatIsMissing() {
        ring.remove(entries[5]);

        assertEquals(List.of(4L, 6L), all(new EntryRingIterator(ring, 3, 6, 10)));
        assertEquals(List.of(6L, 4L), all(new EntryRingIterator(ring, 7, 4, 10)));
        assertEquals(List.of(), all(new EntryRingIterator(ring, 6, 6, 10)));
    }

    @Test
    void reportsWhenTheStepsWereTooFew() {
        EntryRingIterator enough = new EntryRingIterator(ring, 3, 6, 3);
        EntryRingIterator tooFew = new EntryRingIterator(ring, 3, 6, 2);

        assertEquals(List.of(4L, 5L, 6L), all(enough));
        assertFalse(enough.isIncomplete());
        assertEquals(List.of(4L, 5L), all(tooFew));
        assertTrue(tooFew.isIncomplete());
    }

    private static List<Long> all(EntryRingIterator walk) {
        List<Long> offsets = new ArrayList<>();
        for (LogEntry next = walk.next(); next != null; next = walk.next()) {
            offsets.add(next.offset());
        }
        return offsets;
    }
}
