package dev.courant.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A disk in memory that can be full, fail and lose power, which keeps some of the writes since the last sync. Thread-safe. */
final class MemoryDisk implements Disk {

    private static final int PAGE = 4096;

    private final Map<String, MemoryFile> files = new TreeMap<>(); // all methods are synchronized
    private final Map<String, MemoryFile> synced = new TreeMap<>();
    private long capacity = Long.MAX_VALUE;
    private boolean admitsItIsFull = true;
    private boolean fails;
    private boolean failsToSync;
    private int syncs;

    MemoryDisk() {}

    /** Creates a disk with the content of another one. */
    MemoryDisk(Map<String, byte[]> content) {
        content.forEach((name, bytes) -> files.put(name, new MemoryFile(bytes)));
        synced.putAll(files);
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

    /** Sets the bytes of all files to those of an earlier time, without an error. */
    synchronized void revertTo(Map<String, byte[]> before) {
        before.forEach((name, bytes) -> files.get(name).revertTo(bytes));
    }

    /** Lets all reads of a page of a file fail. */
    synchronized void makeUnreadable(String name, int page) {
        files.get(name).unreadable.add(page);
    }

    /** Returns a copy of all files. */
    synchronized Map<String, byte[]> content() {
        Map<String, byte[]> content = new TreeMap<>();
        files.forEach((name, file) -> content.put(name, file.bytes.clone()));
        return content;
    }

    synchronized long size() {
        return files.values().stream().mapToLong(file -> file.bytes.length).sum();
    }

    synchronized int syncs() {
        return syncs;
    }

    /** Returns the content of the disk after a power failure. */
    synchronized MemoryDisk afterPowerCut(Random random) {
        Map<String, MemoryFile> kept = new TreeMap<>(synced);
        List<String> changed = new ArrayList<>(files.keySet());
        changed.addAll(synced.keySet());
        for (String name : changed) {
            if (files.get(name) != synced.get(name) && random.nextBoolean()) {
                kept.remove(name);
                if (files.containsKey(name)) {
                    kept.put(name, files.get(name));
                }
            }
        }
        Map<String, byte[]> content = new TreeMap<>();
        kept.forEach((name, file) -> content.put(name, file.afterPowerCut(random)));
        return new MemoryDisk(content);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        check();
        MemoryFile file = new MemoryFile(new byte[0]);
        files.put(name, file);
        return file;
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        check();
        files.remove(name);
    }

    @Override
    public synchronized void rename(String name, String newName) throws IOException {
        check();
        files.put(newName, files.remove(name));
    }

    @Override
    public synchronized void sync() throws IOException {
        checkSync();
        synced.clear();
        synced.putAll(files);
        syncs++;
    }

    @Override
    public synchronized long freeBytes() {
        return admitsItIsFull ? capacity - size() : Long.MAX_VALUE;
    }

    private void check() throws IOException {
        if (fails) {
            throw new IOException("Input/output error");
        }
    }

    private void checkSync() throws IOException {
        if (fails || failsToSync) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void close() {}

    /** A write, or ({@code null}) a truncation. */
    private record Change(int position, byte[] bytes) {}

    private final class MemoryFile implements DiskFile {

        private byte[] bytes;
        private byte[] durable;
        private final List<Change> unsynced = new ArrayList<>();
        private final Set<Integer> unreadable = new TreeSet<>(); // numbers of pages

        MemoryFile(byte[] content) {
            bytes = content.clone();
            durable = content.clone();
        }

        void revertTo(byte[] before) {
            bytes = before.clone();
            durable = before.clone();
            unsynced.clear();
        }

        byte[] afterPowerCut(Random random) {
            byte[] left = durable.clone();
            for (Change change : unsynced) {
                if (change.bytes == null) {
                    left = random.nextBoolean() ? Arrays.copyOf(left, change.position) : left;
                } else {
                    left = partly(left, change, random);
                }
            }
            return left;
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
        public void read(long position, byte[] into) throws IOException {
            synchronized (MemoryDisk.this) {
                if (position + into.length > bytes.length) {
                    throw new EOFException();
                }
                if (unreadable.stream()
                        .anyMatch(page -> position < (page + 1) * PAGE && position + into.length > page * PAGE)) {
                    throw new IOException("Input/output error");
                }
                System.arraycopy(bytes, (int) position, into, 0, into.length);
            }
        }

        @Override
        public void write(long position, byte[] from) throws IOException {
            synchronized (MemoryDisk.this) {
                check();
                long left = capacity - MemoryDisk.this.size() + Math.max(0, bytes.length - position);
                int fit = (int) Math.min(from.length, Math.max(0, left));
                unsynced.add(new Change((int) position, Arrays.copyOf(from, fit)));
                if (position + fit > bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) position + fit);
                }
                System.arraycopy(from, 0, bytes, (int) position, fit);
                if (fit < from.length) {
                    throw new IOException("No space left on device");
                }
            }
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return bytes.length;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (MemoryDisk.this) {
                check();
                unsynced.add(new Change((int) length, null));
                bytes = Arrays.copyOf(bytes, (int) length);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                checkSync();
                durable = bytes.clone();
                unsynced.clear();
                syncs++;
            }
        }

        @Override
        public void close() {}
    }
}
