package dev.courant.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a file without readable data is neither overwritten nor changed. */
class ForeignFileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 600, 4104, 8200, 12_000, 12_296, 12_297, 160_000})
    void whatIsNoJournalIsLeftAlone(int length) throws IOException {
        Path file = directory.resolve(JournalDirectory.FILE);
        String novel = "someone's novel\n".repeat(10_000).substring(0, length);
        Files.writeString(file, novel);
        JournalRefusedException refused = assertThrows(JournalRefusedException.class, () -> OpenJournal.in(directory));
        assertTrue(refused.getMessage().contains("it is no journal of Courant"), refused.getMessage());
        assertEquals(novel, Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4000, 4104, 8191, 12_288, 12_296, 20_000})
    void aJournalThatWasCutOffIsLeftAlone(int length) throws IOException {
        try (OpenJournal journal = OpenJournal.in(directory)) {
            journal.append("t", "x".repeat(20_000));
        }
        Path file = directory.resolve(JournalDirectory.FILE);
        byte[] left = Arrays.copyOf(Files.readAllBytes(file), length);
        Files.write(file, left);
        JournalRefusedException refused = assertThrows(JournalRefusedException.class, () -> OpenJournal.in(directory));
        assertTrue(refused.getMessage().contains("cut off"), refused.getMessage());
        assertArrayEquals(left, Files.readAllBytes(file));
    }
}
