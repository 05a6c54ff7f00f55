package dev.courant.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record in a file: length of the payload (4 bytes), CRC32C of all that follows (4), offset (8), unsynced (4), payload.
 *
 * @param unsynced the number of offsets before this one that were not synced when the record was written. It tells an
 *     incomplete write before this record from damage
 * @param bytes the size of the record
 */
record SegmentRecord(StoredEvent event, int unsynced, int bytes) {

    static final int HEADER_BYTES = 20;

    private static final int LEAST_PAYLOAD = 13;
    private static final int MAX_PAYLOAD = 128 << 20;
    private static final int CHECKSUM = 4;
    private static final int CHECKED = 8; // the checksum covers the record from here on
    private static final int READ_AHEAD = 1024; // most records fit, and take one read

    static byte[] encode(StoredEvent event, int unsynced) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.frame().length + 128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0);
            out.writeLong(event.offset());
            out.writeInt(unsynced);
            event.write(out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] record = bytes.toByteArray();
        ByteBuffer.wrap(record).putInt(record.length - HEADER_BYTES).putInt(checksum(record));
        return record;
    }

    /** Returns the record at a position, or {@code null} if the file does not contain a whole record there. */
    static @Nullable SegmentRecord read(DiskFile file, long position, long fileSize) throws IOException {
        long available = fileSize - position;
        if (available < HEADER_BYTES + LEAST_PAYLOAD) {
            return null;
        }
        try {
            byte[] start = new byte[(int) Math.min(READ_AHEAD, available)];
            file.read(position, start);
            ByteBuffer header = ByteBuffer.wrap(start);
            if (!isPlausible(header, available)) {
                return null;
            }
            byte[] record = Arrays.copyOf(start, HEADER_BYTES + header.getInt(0));
            if (record.length > start.length) {
                file.read(position, record);
            }
            return checksum(record) == header.getInt(CHECKSUM) ? decode(record) : null;
        } catch (EOFException | UTFDataFormatException | IllegalArgumentException damaged) {
            return null;
        }
    }

    private static SegmentRecord decode(byte[] record) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(record);
        byte[] payload = Arrays.copyOfRange(record, HEADER_BYTES, record.length);
        return new SegmentRecord(StoredEvent.read(header.getLong(CHECKED), payload), header.getInt(16), record.length);
    }

    /** Returns whether a record may begin at the position of a buffer, of which a number of bytes are available. */
    static boolean isPlausible(ByteBuffer buffer, long available) {
        int length = buffer.getInt(buffer.position());
        return length >= LEAST_PAYLOAD && length <= MAX_PAYLOAD && length <= available - HEADER_BYTES;
    }

    static long offset(ByteBuffer buffer) {
        return buffer.getLong(buffer.position() + CHECKED);
    }

    private static int checksum(byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record, CHECKED, record.length - CHECKED);
        return (int) checksum.getValue();
    }
}
