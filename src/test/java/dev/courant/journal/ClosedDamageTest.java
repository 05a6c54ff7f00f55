package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests damage of a closed journal, which is complete: it does not open without some of its events. */
class ClosedDamageTest {

    private static final int EVENTS = 20;
    private static final int STEP = 997;

    @TempDir
    Path directory;

    @Test
    void isRefusedOrHasAllThatItWasClosedWith() throws Exception {
        for (int half = 0; half < 2; half++) {
            try (OpenJournal journal = OpenJournal.in(directory)) {
                for (int i = 1; i <= EVENTS / 2; i++) {
                    journal.append("t", "event " + i);
                }
            }
        }
        Path file = directory.resolve(JournalDirectory.FILE);
        byte[] whole = Files.readAllBytes(file);
        byte[] stopped = Files.readAllBytes(directory.resolve(CleanStopMarker.NAME));
        int refused = 0;
        for (int position = 0; position < whole.length; position += STEP) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x55;
            Files.write(file, damaged);
            Files.write(directory.resolve(CleanStopMarker.NAME), stopped);
            try (OpenJournal journal = OpenJournal.in(directory)) {
                assertEquals(EVENTS, journal.log().head(), "byte " + position);
            } catch (JournalRefusedException clear) {
                refused++;
                assertArrayEquals(damaged, Files.readAllBytes(file), "it is left as it is");
            }
        }
        assertTrue(refused > 0, "nothing was refused");

        damage(file, whole);
        Files.delete(directory.resolve(CleanStopMarker.NAME));
        OpenJournal.in(directory).close(); // with the permission of the operator, it opens with the remaining events
    }

    private static void damage(Path file, byte[] whole) throws Exception {
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 0x55;
        Files.write(file, damaged);
    }
}
