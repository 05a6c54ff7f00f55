package dev.courant.log;

import dev.courant.event.Topic;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The retained entries of one topic. The index of an entry is the number of entries that were added before it. One
 * thread at a time, the writer, may add and remove. Other threads read without a lock: an entry that they read is valid
 * if it is still retained afterwards.
 */
final class TopicWindow {

    private static final int MIN_SLOTS = 4;

    final Topic topic;
    final List<Topic> asList;
    long bytes; // of all frames; used by the writer only
    private volatile AtomicReferenceArray<@Nullable LogEntry> slots = new AtomicReferenceArray<>(MIN_SLOTS);
    private volatile long first; // index of the oldest entry; written before the evicted entry's slot is cleared
    private volatile long end; // index after the newest entry; written after its slot and after resized slots
    private volatile long floor; // the offset up to which entries of this topic may have been evicted

    /** @param floor the offset up to which earlier entries of this topic may have been evicted */
    TopicWindow(Topic topic, long floor) {
        this.topic = topic;
        asList = List.of(topic);
        this.floor = floor;
    }

    // ---- used by the writer only ----

    void add(LogEntry entry) {
        if (size() == slots.length()) {
            resize(slots.length() * 2);
        }
        long index = end;
        slots.set(slot(index, slots), entry);
        bytes += entry.frame().length;
        end = index + 1;
    }

    /** Evicts the oldest entry. */
    LogEntry removeOldest() {
        long index = first;
        LogEntry removed = oldest();
        bytes -= removed.frame().length;
        floor = removed.offset();
        first = index + 1;
        slots.set(slot(index, slots), null);
        // Release memory that the topic used only while it had more entries.
        if (slots.length() > MIN_SLOTS && size() * 4 <= slots.length()) {
            resize(slots.length() / 2);
        }
        return removed;
    }

    LogEntry oldest() {
        LogEntry oldest = slots.get(slot(first, slots));
        if (oldest == null) {
            throw new IllegalStateException("The window of '" + topic + "' is empty.");
        }
        return oldest;
    }

    /** Returns the number of slots, used or not. */
    int capacity() {
        return slots.length();
    }

    private void resize(int length) {
        AtomicReferenceArray<@Nullable LogEntry> resized = new AtomicReferenceArray<>(length);
        for (long index = first; index < end; index++) {
            resized.setPlain(slot(index, resized), slots.get(slot(index, slots)));
        }
        slots = resized;
    }

    // ---- thread-safe ----

    int size() {
        return (int) (end - first);
    }

    long floor() {
        return floor;
    }

    long end() {
        return end;
    }

    /** Returns whether an entry after the offset is retained. */
    boolean hasEntryAfter(long offset) {
        LogEntry newest = newest();
        return newest != null && newest.offset() > offset;
    }

    /** Returns the newest entry, or {@code null} if it was evicted. */
    @Nullable
    LogEntry newest() {
        long newest = end - 1;
        return newest < 0 ? null : get(newest);
    }

    /** Returns the entry with an index below {@link #end}, or {@code null} if it was evicted. */
    @Nullable
    LogEntry get(long index) {
        // The caller has read end before the slots are read here, so these slots contain the entry.
        AtomicReferenceArray<@Nullable LogEntry> current = slots;
        LogEntry entry = current.get(slot(index, current));
        return first <= index ? entry : null;
    }

    /** Returns the index of the first retained entry after an offset, or {@link #end} if there is none. */
    long indexAfter(long offset) {
        long max = end;
        long low = first;
        long high = max;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogEntry entry = get(middle);
            if (entry == null || entry.offset() <= offset) { // an evicted entry precedes all retained ones
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int slot(long index, AtomicReferenceArray<?> slots) {
        return (int) index & (slots.length() - 1);
    }
}
