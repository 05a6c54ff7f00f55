package dev.courant.log;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer of the newest entries of all topics, indexed by offset. One thread at a time may put and remove; reads
 * are thread-safe.
 */
final class EntryRing {

    private static final int MAX_SLOTS = 1 << 16;

    private final AtomicReferenceArray<@Nullable LogEntry> slots;

    /** @param entries the capacity, limited to {@link #MAX_SLOTS} */
    EntryRing(int entries) {
        slots = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(1, Math.min(entries, MAX_SLOTS) * 2 - 1)));
    }

    void put(LogEntry entry) {
        slots.set(slot(entry.offset()), entry);
    }

    void remove(LogEntry entry) {
        slots.compareAndSet(slot(entry.offset()), entry, null);
    }

    /** Returns the entry with this offset, or {@code null} if the ring does not contain it. */
    @Nullable
    LogEntry get(long offset) {
        LogEntry entry = slots.get(slot(offset));
        return entry != null && entry.offset() == offset ? entry : null;
    }

    /**
     * Returns whether the ring contains every retained entry after an offset. To check entries that were read from the
     * ring, read the entries first, and then the head.
     *
     * @param head the head of the log
     */
    boolean hasAllAfter(long offset, long head) {
        return head - offset < slots.length();
    }

    private int slot(long offset) {
        return (int) offset & (slots.length() - 1);
    }
}
