package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.event.EventId;
import dev.courant.log.EpochHistory;
import dev.courant.log.EpochHistory.Epoch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a segment: {@code COURANT}, the version of the format, the base offset and the epochs. The CRC32C of
 * these fields follows. An epoch is written as the id before its first one.
 *
 * @param base the first offset of the segment
 * @param epochs of the log; the last one is that of the segment
 * @param bytes the size of the line
 */
record SegmentHeader(long base, EpochHistory epochs, int bytes) {

    private static final String MAGIC = "COURANT ";
    private static final String VERSION = "1";
    private static final int MAX_BYTES = 64 << 10;

    static byte[] encode(long base, EpochHistory epochs) {
        StringBuilder line = new StringBuilder(MAGIC + VERSION + ' ' + base + ' ');
        epochs.epochs()
                .forEach(epoch ->
                        line.append(new EventId(epoch.name(), epoch.after())).append(' '));
        return (line + checksum(line.toString()) + '\n').getBytes(US_ASCII);
    }

    /**
     * Returns the header of a file, or {@code null} if it is incomplete or damaged.
     *
     * @throws JournalRefusedException if the file has another version
     */
    static @Nullable SegmentHeader read(DiskFile file) throws IOException {
        byte[] start = new byte[(int) Math.min(MAX_BYTES, file.size())];
        file.readOrZero(0, start);
        String text = new String(start, US_ASCII);
        String line = text.substring(0, Math.max(0, text.indexOf('\n')));
        int checked = line.lastIndexOf(' ') + 1;
        if (!line.startsWith(MAGIC) || !line.substring(checked).equals(checksum(line.substring(0, checked)))) {
            return null;
        }
        String[] fields = line.split(" ", -1);
        if (!fields[1].equals(VERSION)) {
            throw new JournalRefusedException("it was written by another version of Courant");
        }
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 3; i < fields.length - 1; i++) {
            EventId epoch = EventId.parse(fields[i]);
            if (epoch != null) {
                epochs.add(new Epoch(epoch.epoch(), epoch.offset(), 0));
            }
        }
        return new SegmentHeader(Long.parseLong(fields[2]), new EpochHistory(epochs), line.length() + 1);
    }

    /** Returns whether a file begins neither like a segment, with one damaged byte at most, nor with zeros. */
    static boolean isForeign(DiskFile file) throws IOException {
        byte[] start = new byte[(int) Math.min(2, file.size())];
        file.readOrZero(0, start);
        byte[] two = Arrays.copyOf(start, 2);
        return two[0] != MAGIC.charAt(0) && two[1] != MAGIC.charAt(1) && (two[0] | two[1]) != 0;
    }

    static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(US_ASCII));
        return Long.toHexString(checksum.getValue());
    }
}
