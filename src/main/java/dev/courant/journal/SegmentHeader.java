package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.log.EpochHistory;
import dev.courant.log.EpochHistory.Epoch;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The start of a segment: {@code COURANT} and a line feed, version (4 bytes), length of the header (4), CRC32C of the
 * other bytes (4), base offset (8), number of epochs (4), and each epoch: the offset before its first (8), the length of
 * its name (1), its name.
 *
 * @param base the first offset of the segment
 * @param epochs of the log, the last one is that of the segment
 * @param bytes the size of the header
 */
record SegmentHeader(long base, EpochHistory epochs, int bytes) {

    static final byte[] MAGIC = "COURANT\n".getBytes(US_ASCII);

    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 32;
    private static final int CHECKSUM = 16;
    private static final int MAX_BYTES = 1 << 20;

    static byte[] encode(long base, EpochHistory epochs) {
        int size = FIXED_BYTES;
        for (Epoch epoch : epochs.epochs()) {
            size += 9 + epoch.name().length();
        }
        ByteBuffer header = ByteBuffer.allocate(size).put(MAGIC).putInt(VERSION).putInt(size);
        header.putInt(0).putLong(base).putInt(epochs.epochs().size());
        for (Epoch epoch : epochs.epochs()) {
            byte[] name = epoch.name().getBytes(US_ASCII);
            header.putLong(epoch.after()).put((byte) name.length).put(name);
        }
        return header.putInt(CHECKSUM, checksum(header.array())).array();
    }

    /**
     * Returns the header of a file, or {@code null} if it is incomplete or damaged.
     *
     * @throws JournalRefusedException if the file has another version
     */
    static @Nullable SegmentHeader read(DiskFile file) throws IOException {
        try {
            byte[] start = new byte[FIXED_BYTES];
            file.read(0, start);
            int size = ByteBuffer.wrap(start).getInt(12);
            if (!startsWithMagic(start) || size < FIXED_BYTES || size > MAX_BYTES) {
                return null;
            }
            byte[] all = new byte[size];
            file.read(0, all);
            ByteBuffer header = ByteBuffer.wrap(all);
            if (header.getInt(CHECKSUM) != checksum(all)) {
                return null;
            }
            if (header.getInt(MAGIC.length) != VERSION) {
                throw new JournalRefusedException("it was written by another version of Courant");
            }
            return decode(header);
        } catch (EOFException | BufferUnderflowException incomplete) {
            return null;
        }
    }

    private static SegmentHeader decode(ByteBuffer header) {
        long base = header.getLong(20);
        int count = header.position(28).getInt();
        List<Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long after = header.getLong();
            byte[] name = new byte[header.get()];
            header.get(name);
            epochs.add(new Epoch(new String(name, US_ASCII), after, 0));
        }
        return new SegmentHeader(base, new EpochHistory(epochs), header.limit());
    }

    private static boolean startsWithMagic(byte[] start) {
        return Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static int checksum(byte[] header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, CHECKSUM);
        checksum.update(header, CHECKSUM + 4, header.length - CHECKSUM - 4);
        return (int) checksum.getValue();
    }
}
