package dev.courant.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A file in blocks, each with a checksum of its own: the store above checks no contents, and one wrong bit in its tree
 * would hide events as well as change them. A checksum counts the block's number in, so that a block that was written to
 * the wrong place is no block; and a stamp, the same for all that was written at once, shows what was written in part.
 *
 * <p>The first two blocks are the two copies of the store's header. Each has sectors of the disk for itself, and its
 * checksum in that of its few words, so that no write can damage both.
 */
final class ChecksummedBlocks {

    /** The store's own unit: it writes whole blocks only. */
    static final int SIZE = 4096;

    private static final int PREFIX = 2 * Integer.BYTES;

    /** Of the blocks after the headers. */
    static final int STRIDE = PREFIX + SIZE;

    private static final int HEADERS = 2;
    private static final int HEADER_STRIDE = 2 * SIZE;

    private final Disk disk;
    private int stamp;

    /** @param stamp where to begin: not where the last time began */
    ChecksummedBlocks(Disk disk, int stamp) {
        this.disk = disk;
        this.stamp = stamp;
    }

    /** Where a block begins in the file. */
    static long place(long block) {
        return block < HEADERS ? block * HEADER_STRIDE : HEADERS * HEADER_STRIDE + (block - HEADERS) * STRIDE;
    }

    /** In whole blocks, without the checksums. */
    long length() throws IOException {
        long length = disk.length();
        long after = Math.max(0, length - place(HEADERS)) / STRIDE;
        long headers = length < place(1) + STRIDE ? length / STRIDE : HEADERS;
        return (Math.min(HEADERS, headers) + after) * SIZE;
    }

    /**
     * Reads some bytes, not of several headers.
     *
     * @throws DamagedException if they are not as they were written
     */
    byte[] read(long position, int length) throws IOException {
        long first = position / SIZE;
        ByteBuffer raw = raw(first, (int) ((position + length + SIZE - 1) / SIZE - first));
        byte[] bytes = new byte[length];
        int done = 0;
        for (int block = 0; done < length; block++) {
            if (!isWhole(raw, block, first + block)) {
                throw new DamagedException(place(first + block));
            }
            int from = block == 0 ? (int) (position - first * SIZE) : 0;
            int count = Math.min(SIZE - from, length - done);
            raw.get(block * STRIDE + PREFIX + from, bytes, done, count);
            done += count;
        }
        return bytes;
    }

    /** Whether so many bytes of whole blocks are as they were written, all of them at once. */
    boolean isOneWrite(long position, int length) throws IOException {
        long first = position / SIZE;
        if (disk.length() < place(first + length / SIZE)) {
            return false;
        }
        ByteBuffer raw = raw(first, length / SIZE);
        for (int block = 0; block < length / SIZE; block++) {
            if (!isWhole(raw, block, first + block) || raw.getInt(block * STRIDE) != raw.getInt(0)) {
                return false;
            }
        }
        return true;
    }

    /** Writes whole blocks; headers, or others. */
    void write(long position, ByteBuffer bytes) throws IOException {
        if (position % SIZE != 0 || bytes.remaining() % SIZE != 0) {
            throw new IllegalArgumentException("not whole blocks: " + bytes.remaining() + " bytes at " + position);
        }
        stamp++;
        long first = position / SIZE;
        if (first < HEADERS) {
            for (long block = first; bytes.hasRemaining(); block++) {
                disk.write(place(block), raw(bytes, block, 1));
            }
        } else {
            disk.write(place(first), raw(bytes, first, bytes.remaining() / SIZE));
        }
    }

    private byte[] raw(ByteBuffer bytes, long first, int count) {
        byte[] raw = new byte[Math.multiplyExact(count, STRIDE)];
        ByteBuffer out = ByteBuffer.wrap(raw);
        for (int block = 0; block < count; block++) {
            bytes.get(raw, block * STRIDE + PREFIX, SIZE);
            out.putInt(block * STRIDE, stamp);
            out.putInt(block * STRIDE + Integer.BYTES, checksum(out, block, first + block));
        }
        return raw;
    }

    void truncate(long length) throws IOException {
        disk.truncate(place((length + SIZE - 1) / SIZE));
    }

    void sync() throws IOException {
        disk.sync();
    }

    private ByteBuffer raw(long first, int count) throws IOException {
        byte[] raw = new byte[Math.multiplyExact(count, STRIDE)];
        try {
            disk.read(place(first), raw);
        } catch (EOFException cutOff) {
            throw new DamagedException(Math.max(place(first), disk.length()));
        }
        return ByteBuffer.wrap(raw);
    }

    private static boolean isWhole(ByteBuffer raw, int block, long number) {
        return raw.getInt(block * STRIDE + Integer.BYTES) == checksum(raw, block, number);
    }

    /** Of the block, its stamp and its number. */
    private static int checksum(ByteBuffer raw, int block, long number) {
        CRC32C crc = new CRC32C();
        crc.update(raw.slice(block * STRIDE, Integer.BYTES));
        crc.update(raw.slice(block * STRIDE + PREFIX, SIZE));
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        return (int) crc.getValue();
    }

    /** What was read is not what was written. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1;

        /** @param position in the file */
        DamagedException(long position) {
            super("damaged at byte " + position);
        }

        static boolean isCauseOf(Throwable failure) {
            Throwable cause = failure;
            while (cause != null && !(cause instanceof DamagedException)) {
                cause = cause.getCause();
            }
            return cause != null;
        }
    }
}
