package dev.courant.journal;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A file of a {@link SimulatedDisk}: its content in the page cache, its durable content, and the changes between. */
final class SimulatedFile {

    private static final int SECTOR = 512;

    /** The kinds of writes and directory entries that a power cut keeps. */
    enum Survival {
        NOTHING,
        EVERYTHING,
        /** The first ones. */
        PREFIX,
        /** Any of them. */
        SOME;

        static Survival any(Random random) {
            return values()[random.nextInt(values().length)];
        }
    }

    private final SimulatedDisk disk;
    String name;
    private byte[] bytes;
    private byte[] durable;
    private final List<Change> unsynced = new ArrayList<>();
    private final Set<Long> unreadable = new HashSet<>(); // numbers of pages

    /** A write, or a truncation to the position if there are no bytes. */
    private record Change(int position, byte[] bytes) {}

    SimulatedFile(SimulatedDisk disk, String name, byte[] content) {
        this.disk = disk;
        this.name = name;
        bytes = content.clone();
        durable = content.clone();
    }

    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile(disk, name, bytes);
        copy.durable = durable;
        copy.unsynced.addAll(unsynced);
        copy.unreadable.addAll(unreadable);
        return copy;
    }

    byte[] content() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    void flipBit(Random random) {
        int bit = random.nextInt(bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        if (bit / 8 < durable.length) {
            durable[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    void revertTo(byte[] earlier) {
        bytes = earlier.clone();
        durable = earlier.clone();
        unsynced.clear();
    }

    void makeUnreadable(int page) {
        unreadable.add((long) page);
    }

    byte[] contentAfterPowerCut(Survival survival) {
        return switch (survival) {
            case NOTHING -> durable;
            case EVERYTHING -> bytes;
            case PREFIX -> apply(unsynced.subList(0, disk.random().nextInt(unsynced.size() + 1)), false);
            case SOME -> apply(unsynced, true);
        };
    }

    /** Applies changes to the durable content; torn ones leave out some of their sectors. */
    private byte[] apply(List<Change> changes, boolean torn) {
        byte[] left = durable.clone();
        for (Change change : changes) {
            if (change.bytes.length == 0) {
                left = torn && disk.random().nextBoolean() ? left : Arrays.copyOf(left, change.position);
            } else {
                left = apply(left, change, torn);
            }
        }
        return left;
    }

    private byte[] apply(byte[] before, Change change, boolean torn) {
        byte[] left = before;
        for (int from = 0; from < change.bytes.length; ) {
            int position = change.position + from;
            int count = Math.min(SECTOR - position % SECTOR, change.bytes.length - from);
            if (!torn || disk.random().nextBoolean()) {
                left = Arrays.copyOf(left, Math.max(left.length, position + count));
                System.arraycopy(change.bytes, from, left, position, count);
            }
            from += count;
        }
        return left;
    }

    private void read(long position, byte[] into) throws IOException {
        if (position + into.length > bytes.length) {
            throw new EOFException();
        }
        for (long page = position / DiskFile.PAGE_BYTES; page * DiskFile.PAGE_BYTES < position + into.length; page++) {
            if (unreadable.contains(page)) {
                throw new IOException("Input/output error");
            }
        }
        System.arraycopy(bytes, (int) position, into, 0, into.length);
    }

    private void write(long position, byte[] from) throws IOException {
        int fit = (int) Math.min(from.length, disk.left() + Math.max(0, bytes.length - position));
        try {
            disk.checkWrite();
        } catch (IOException failure) {
            put((int) position, Arrays.copyOf(from, disk.random().nextInt(fit + 1)));
            throw failure;
        }
        put((int) position, Arrays.copyOf(from, fit));
        if (fit < from.length) {
            throw new IOException("No space left on device");
        }
    }

    private void put(int position, byte[] from) {
        if (from.length > 0) {
            disk.trace("writes " + from.length + " bytes to " + name + " at " + position);
            unsynced.add(new Change(position, from));
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + from.length));
            System.arraycopy(from, 0, bytes, position, from.length);
        }
    }

    private void truncate(long size) throws IOException {
        disk.checkWrite();
        disk.trace("truncates " + name + " to " + size);
        unsynced.add(new Change((int) size, new byte[0]));
        bytes = Arrays.copyOf(bytes, (int) size);
    }

    private void sync() throws IOException {
        try {
            disk.checkSync();
        } catch (IOException failure) {
            if (disk.random().nextBoolean()) { // the system drops pages that it could not write
                disk.trace("drops pages of " + name);
                bytes = durable.clone();
                unsynced.clear();
            }
            throw failure;
        }
        disk.trace("syncs " + name);
        durable = bytes.clone();
        unsynced.clear();
    }

    DiskFile open() {
        return new Handle();
    }

    /** An open file. The disk is the lock of all its files. */
    private final class Handle implements DiskFile {

        private boolean closed;

        private void checkOpen() throws IOException {
            if (closed) {
                throw new IOException("Stream Closed");
            }
        }

        @Override
        public void read(long position, byte[] into) throws IOException {
            synchronized (disk) {
                checkOpen();
                SimulatedFile.this.read(position, into);
            }
        }

        @Override
        public void write(long position, byte[] from) throws IOException {
            synchronized (disk) {
                checkOpen();
                SimulatedFile.this.write(position, from);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (disk) {
                checkOpen();
                SimulatedFile.this.truncate(size);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (disk) {
                checkOpen();
                SimulatedFile.this.sync();
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (disk) {
                checkOpen();
                return bytes.length;
            }
        }

        @Override
        public void close() {
            synchronized (disk) {
                closed = true;
            }
        }
    }
}
