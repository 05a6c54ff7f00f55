package dev.courant.log;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest entries of all topics, by their offsets. One thread at a time puts and removes; any number read meanwhile. */
final class EntryRing {

    private static final int MAX_SLOTS = 1 << 16;

    private final AtomicReferenceArray<@Nullable LogEntry> slots;

    /** @param entries how many it has room for, within a limit */
    EntryRing(int entries) {
        slots = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(1, Math.min(entries, MAX_SLOTS) * 2 - 1)));
    }

    void put(LogEntry entry) {
        slots.set(slot(entry.offset()), entry);
    }

    void remove(LogEntry entry) {
        slots.compareAndSet(slot(entry.offset()), entry, null);
    }

    /** {@code null} if it is not held any more, or not here. */
    @Nullable
    LogEntry get(long offset) {
        LogEntry entry = slots.get(slot(offset));
        return entry != null && entry.offset() == offset ? entry : null;
    }

    /**
     * Whether all that is held after an offset is here.
     *
     * @param head of the log; read after what was read here, if that is what has to be known
     */
    boolean hasAllAfter(long offset, long head) {
        return head - offset < slots.length();
    }

    private int slot(long offset) {
        return (int) offset & (slots.length() - 1);
    }
}
