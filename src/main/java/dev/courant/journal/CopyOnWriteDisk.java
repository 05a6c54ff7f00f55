package dev.courant.journal;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk on which nothing is changed before it is {@link #keep kept}: whoever opens a journal may have to take something
 * back to see whether that helps, and a journal that is refused is left as it is.
 */
final class CopyOnWriteDisk implements Disk {

    private final Disk disk;
    private final Map<Long, byte[]> changes = new TreeMap<>(); // none overlaps another in part
    private volatile boolean kept;

    CopyOnWriteDisk(Disk disk) throws IOException {
        this.disk = disk;
        kept = disk.length() == 0; // there is nothing to be left as it is
    }

    /** Makes the changes, and from now on all others at once. */
    synchronized void keep() throws IOException {
        for (Map.Entry<Long, byte[]> change : changes.entrySet()) {
            disk.write(change.getKey(), change.getValue());
        }
        if (!changes.isEmpty()) {
            disk.sync();
        }
        changes.clear();
        kept = true;
    }

    @Override
    public void read(long position, byte[] bytes) throws IOException {
        disk.read(position, bytes);
        if (!kept) {
            readChanges(position, bytes);
        }
    }

    private synchronized void readChanges(long position, byte[] bytes) {
        changes.forEach((at, change) -> {
            long from = Math.max(at, position);
            long to = Math.min(at + change.length, position + bytes.length);
            if (from < to) {
                System.arraycopy(change, (int) (from - at), bytes, (int) (from - position), (int) (to - from));
            }
        });
    }

    @Override
    public synchronized void write(long position, byte[] bytes) throws IOException {
        if (kept) {
            disk.write(position, bytes);
        } else {
            changes.put(position, bytes);
        }
    }

    @Override
    public long length() throws IOException {
        return disk.length();
    }

    @Override
    public void truncate(long length) throws IOException {
        disk.truncate(length);
    }

    @Override
    public synchronized void sync() throws IOException {
        if (kept) {
            disk.sync();
        }
    }

    @Override
    public void copy() throws IOException {
        disk.copy();
    }

    @Override
    public long room() throws IOException {
        return disk.room();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
