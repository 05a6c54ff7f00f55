package dev.courant.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record in a segment: length of the payload (4 bytes), CRC32C of all that follows (4), a mark (1), offset (7), unsynced
 * (4), payload. No text contains the byte of the mark, so no publisher can hide a record in an event, for a scan after
 * damage to find.
 *
 * @param unsynced the number of offsets before this one that were not synced when the record was written. It tells an
 *     interrupted write before this record from damage
 * @param bytes the size of the record
 */
record SegmentRecord(StoredEvent event, int unsynced, int bytes) {

    static final int HEADER_BYTES = 20;

    private static final int CHECKSUM = 4;
    private static final int OFFSET = 8; // the checksum covers the record from here on; begins with the mark
    private static final long MARK = 0xffL << 56;
    private static final int UNSYNCED = 16;
    private static final int MIN_PAYLOAD = 13;
    private static final int MAX_PAYLOAD = 128 << 20;
    private static final int READ_AHEAD = 1024; // most records fit, and take one read

    static byte[] encode(StoredEvent event, int unsynced) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.frame().length + 128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0);
            out.writeLong(MARK | event.offset());
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
        if (available < HEADER_BYTES + MIN_PAYLOAD) {
            return null;
        }
        byte[] record = new byte[(int) Math.min(READ_AHEAD, available)];
        file.readOrZero(position, record);
        if (!isPlausible(record, 0, available)) {
            return null;
        }
        int bytes = HEADER_BYTES + ByteBuffer.wrap(record).getInt();
        if (bytes > record.length) {
            record = new byte[bytes];
            file.readOrZero(position, record);
        }
        record = Arrays.copyOf(record, bytes);
        ByteBuffer header = ByteBuffer.wrap(record);
        StoredEvent event = checksum(record) == header.getInt(CHECKSUM)
                ? StoredEvent.read(offset(record, 0), record, HEADER_BYTES)
                : null;
        return event == null ? null : new SegmentRecord(event, header.getInt(UNSYNCED), bytes);
    }

    /** Returns whether a record may begin in a block, at a position after which the file has a number of bytes. */
    static boolean isPlausible(byte[] block, int at, long available) {
        int length = ByteBuffer.wrap(block).getInt(at);
        return length >= MIN_PAYLOAD
                && length <= Math.min(MAX_PAYLOAD, available - at - HEADER_BYTES)
                && (block[at + OFFSET] & 0xff) == MARK >>> 56;
    }

    static long offset(byte[] block, int at) {
        return ByteBuffer.wrap(block).getLong(at + OFFSET) & ~MARK;
    }

    private static int checksum(byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record, OFFSET, record.length - OFFSET);
        return (int) checksum.getValue();
    }
}
