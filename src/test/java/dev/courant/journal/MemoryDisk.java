package dev.courant.journal;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A disk in memory that can be full, fail and lose power, which keeps some of the writes since the last sync. Thread-safe. */
final class MemoryDisk implements Disk {

    private static final int PAGE = 4096;

    private byte[] bytes; // all methods are synchronized
    private byte[] synced;
    private final List<Change> unsynced = new ArrayList<>();
    private long capacity = Long.MAX_VALUE;
    private boolean admitsItIsFull = true;
    private boolean fails;
    private boolean failsToSync;
    private int syncs;
    private byte[] copy = {};

    MemoryDisk(byte[] bytes) {
        this.bytes = bytes.clone();
        synced = bytes.clone();
    }

    /** A write, or ({@code null}) a truncation. */
    private record Change(int position, byte[] bytes) {}

    @Override
    public synchronized void copy() {
        copy = content();
    }

    /** Returns the bytes of the last copy, or an empty array. */
    synchronized byte[] copied() {
        return copy.clone();
    }

    /** Sets the capacity of the disk. */
    synchronized void limit(long capacity) {
        this.capacity = capacity;
    }

    /** Sets whether the disk reports its free space. If it does not, writes fail when it is full. */
    synchronized void admitsItIsFull(boolean admits) {
        admitsItIsFull = admits;
    }

    synchronized void fail(boolean failing) {
        fails = failing;
    }

    synchronized void failToSync(boolean failing) {
        failsToSync = failing;
    }

    /** Discards the pending writes, which are synced now. */
    synchronized void revertTo(byte[] before) {
        bytes = before.clone();
    }

    synchronized byte[] content() {
        return bytes.clone();
    }

    synchronized int syncs() {
        return syncs;
    }

    /** Returns the content of the disk after a power failure. */
    synchronized MemoryDisk afterPowerCut(Random random) {
        byte[] left = synced.clone();
        for (Change change : unsynced) {
            if (change.bytes == null) {
                left = random.nextBoolean() ? Arrays.copyOf(left, change.position) : left;
            } else {
                left = partly(left, change, random);
            }
        }
        return new MemoryDisk(left);
    }

    private static byte[] partly(byte[] before, Change change, Random random) {
        byte[] left = before;
        for (int from = 0; from < change.bytes.length; ) {
            int position = change.position + from;
            int count = Math.min(PAGE - position % PAGE, change.bytes.length - from);
            if (random.nextBoolean()) {
                left = position + count > left.length ? Arrays.copyOf(left, position + count) : left;
                System.arraycopy(change.bytes, from, left, position, count);
            }
            from += count;
        }
        return left;
    }

    @Override
    public synchronized void read(long position, byte[] into) throws IOException {
        if (position + into.length > bytes.length) {
            throw new EOFException();
        }
        System.arraycopy(bytes, (int) position, into, 0, into.length);
    }

    @Override
    public synchronized void write(long position, byte[] from) throws IOException {
        check();
        int fit = (int) Math.min(from.length, Math.max(0, capacity - position));
        unsynced.add(new Change((int) position, Arrays.copyOf(from, fit)));
        if (position + fit > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) position + fit);
        }
        System.arraycopy(from, 0, bytes, (int) position, fit);
        if (fit < from.length) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public synchronized long length() {
        return bytes.length;
    }

    @Override
    public synchronized void truncate(long length) throws IOException {
        check();
        unsynced.add(new Change((int) length, null));
        bytes = Arrays.copyOf(bytes, (int) length);
    }

    @Override
    public synchronized void sync() throws IOException {
        if (fails || failsToSync) {
            throw new IOException("Input/output error");
        }
        synced = bytes.clone();
        unsynced.clear();
        syncs++;
    }

    @Override
    public synchronized long room() {
        return admitsItIsFull ? capacity - bytes.length : Long.MAX_VALUE;
    }

    private void check() throws IOException {
        if (fails) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void close() {}
}
