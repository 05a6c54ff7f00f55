package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a file of another program or version is refused, and not changed. */
class ForeignFileTest {

    @TempDir
    Path directory;

    private String refusal() {
        JournalRefusedException checked =
                assertThrows(JournalRefusedException.class, () -> JournalLog.check(directory));
        JournalRefusedException refused = assertThrows(JournalRefusedException.class, () -> OpenJournal.in(directory));
        assertEquals(checked.getMessage(), refused.getMessage());
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 31, 600, 4104, 160_000})
    void aFileOfAnotherProgramIsLeftAlone(int length) throws IOException {
        Path file = directory.resolve(Segment.logName(0));
        String novel = "someone's novel\n".repeat(10_000).substring(0, length);
        Files.writeString(file, novel);
        assertTrue(refusal()
                .endsWith(": 00000000000000000000.log is no file of Courant. Move it away, or choose another"
                        + " directory"));
        assertEquals(novel, Files.readString(file));
    }

    /** A power failure may leave zeros in place of a new file's content. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 5000})
    void aFileOfZerosIsNotForeign(int length) throws IOException {
        Files.write(directory.resolve(Segment.logName(1)), new byte[length]);
        try (OpenJournal journal = OpenJournal.in(directory)) {
            journal.append("t", "data");
        }
    }

    @Test
    void aFileWithANumberThatIsNoOffsetIsIgnored() throws IOException {
        Path file = Files.writeString(directory.resolve("9".repeat(20) + ".log"), "a novel");
        try (OpenJournal journal = OpenJournal.in(directory)) {
            assertEquals(1, journal.append("t", "data").offset());
        }
        assertEquals("a novel", Files.readString(file));
    }

    @Test
    void anIndexOfHugeSizeIsBuiltAgain() throws IOException {
        JournalBounds bounds = new JournalBounds(32, 1L << 30, Duration.ofDays(7));
        try (OpenJournal journal = OpenJournal.in(directory, bounds, JournalClocks.system())) {
            IntStream.range(0, 5).forEach(i -> journal.append("t", "data " + i));
        }
        Path index = directory.resolve(Segment.indexName(1));
        long size = Files.size(index);
        try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
            file.setLength(3L << 30); // sparse
        }
        try (OpenJournal journal = OpenJournal.in(directory, bounds, JournalClocks.system())) {
            assertEquals(5, journal.after(0, OpenJournal.topics("t")).size());
        }
        assertEquals(size, Files.size(index));
    }

    @Test
    void theFormerFormatIsRefused() throws IOException {
        Files.writeString(directory.resolve("courant.mv"), "H:2,block:2");
        assertTrue(refusal()
                .endsWith(": it contains courant.mv of an earlier version, whose events cannot be read. Move"
                        + " that file away to start a new journal"));
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        Path file = directory.resolve(Segment.logName(1));
        String line = "COURANT 2 1 #e-0 ";
        byte[] content = (line + SegmentHeader.checksum(line) + "\n").getBytes(US_ASCII);
        Files.write(file, content);
        assertTrue(refusal().endsWith(": it was written by another version of Courant"));
        assertArrayEquals(content, Files.readAllBytes(file));
    }
}
