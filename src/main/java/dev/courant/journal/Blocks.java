package dev.courant.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A file in blocks, each with a checksum of its own: the store above checks no contents, and one wrong bit in its tree
 * would hide events as well as change them. A checksum counts the block's number in, so that a block that was written to
 * the wrong place is no block; and a stamp, the same for all that was written at once, shows what was written in part.
 */
final class Blocks {

    /** The store's own unit: it writes whole blocks only. */
    static final int SIZE = 4096;

    private static final int TRAILER = 2 * Integer.BYTES;
    static final int STRIDE = SIZE + TRAILER;

    private final Disk disk;
    private int stamp;

    /** @param stamp where to begin: not where the last time began */
    Blocks(Disk disk, int stamp) {
        this.disk = disk;
        this.stamp = stamp;
    }

    /** In whole blocks, without the checksums. */
    long length() throws IOException {
        return disk.length() / STRIDE * SIZE;
    }

    /**
     * Reads some bytes.
     *
     * @throws DamagedException if they are not as they were written
     */
    byte[] read(long position, int length) throws IOException {
        long first = position / SIZE;
        ByteBuffer raw = raw(first, (int) ((position + length + SIZE - 1) / SIZE - first));
        byte[] bytes = new byte[length];
        int done = 0;
        for (int block = 0; done < length; block++) {
            check(raw, block, first + block);
            int from = block == 0 ? (int) (position - first * SIZE) : 0;
            int count = Math.min(SIZE - from, length - done);
            raw.get(block * STRIDE + from, bytes, done, count);
            done += count;
        }
        return bytes;
    }

    /** Whether so many blocks are as they were written, all of them at once. */
    boolean isOneWrite(long position, int length) throws IOException {
        long first = position / SIZE;
        ByteBuffer raw = raw(first, length / SIZE);
        for (int block = 0; block < length / SIZE; block++) {
            if (!isWhole(raw, block, first + block) || raw.getInt(block * STRIDE + SIZE) != raw.getInt(SIZE)) {
                return false;
            }
        }
        return true;
    }

    /** Writes whole blocks. */
    void write(long position, ByteBuffer bytes) throws IOException {
        if (position % SIZE != 0 || bytes.remaining() % SIZE != 0) {
            throw new IllegalArgumentException("not whole blocks: " + bytes.remaining() + " bytes at " + position);
        }
        stamp++;
        int blocks = bytes.remaining() / SIZE;
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(blocks, STRIDE));
        for (int block = 0; block < blocks; block++) {
            bytes.get(raw.array(), block * STRIDE, SIZE);
            raw.putInt(block * STRIDE + SIZE, stamp);
            raw.putInt(block * STRIDE + SIZE + Integer.BYTES, checksum(raw, block, position / SIZE + block));
        }
        disk.write(position / SIZE * STRIDE, raw.array());
    }

    void truncate(long length) throws IOException {
        disk.truncate((length + SIZE - 1) / SIZE * STRIDE);
    }

    void sync() throws IOException {
        disk.sync();
    }

    private ByteBuffer raw(long first, int count) throws IOException {
        byte[] raw = new byte[Math.multiplyExact(count, STRIDE)];
        disk.read(first * STRIDE, raw);
        return ByteBuffer.wrap(raw);
    }

    private static void check(ByteBuffer raw, int block, long number) throws DamagedException {
        if (!isWhole(raw, block, number)) {
            throw new DamagedException(number * STRIDE);
        }
    }

    private static boolean isWhole(ByteBuffer raw, int block, long number) {
        return raw.getInt(block * STRIDE + SIZE + Integer.BYTES) == checksum(raw, block, number);
    }

    /** Of the block, its stamp and its number. */
    private static int checksum(ByteBuffer raw, int block, long number) {
        CRC32C crc = new CRC32C();
        crc.update(raw.slice(block * STRIDE, SIZE + Integer.BYTES));
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
