package dev.courant.log;

import dev.courant.event.Topic;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one topic that are held, numbered from the topic's first. One thread at a time adds and lets go; any
 * number read meanwhile and wait for nobody: a reader believes an entry only if it is still held after it was read.
 */
final class TopicWindow {

    private static final int MIN_SLOTS = 4;

    final Topic topic;
    final List<Topic> asList;
    long bytes; // of all frames; the writer's
    private volatile AtomicReferenceArray<@Nullable LogEntry> slots = new AtomicReferenceArray<>(MIN_SLOTS);
    private volatile long first; // number of the oldest entry held; written before its predecessor's slot is cleared
    private volatile long end; // number after the newest; written after its slot, and after the slots if they are new
    private volatile long floor; // everything of this topic up to this offset may be gone

    /** @param floor up to where entries of this topic may have been let go of before */
    TopicWindow(Topic topic, long floor) {
        this.topic = topic;
        asList = List.of(topic);
        this.floor = floor;
    }

    // ---- the writer's ----

    void add(LogEntry entry) {
        if (size() == slots.length()) {
            resize(slots.length() * 2);
        }
        long index = end;
        slots.set(slot(index, slots), entry);
        bytes += entry.frame().length;
        end = index + 1;
    }

    /** Lets go of the oldest. */
    LogEntry removeOldest() {
        long index = first;
        LogEntry removed = oldest();
        bytes -= removed.frame().length;
        floor = removed.offset();
        first = index + 1;
        slots.set(slot(index, slots), null);
        // A topic that was busy once does not keep the room that it had then.
        if (slots.length() > MIN_SLOTS && size() * 4 <= slots.length()) {
            resize(slots.length() / 2);
        }
        return removed;
    }

    LogEntry oldest() {
        LogEntry oldest = slots.get(slot(first, slots));
        if (oldest == null) {
            throw new IllegalStateException("nothing is held of " + topic);
        }
        return oldest;
    }

    /** How many slots there are, for entries held or to come. */
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

    // ---- any thread's ----

    int size() {
        return (int) (end - first);
    }

    long floor() {
        return floor;
    }

    long end() {
        return end;
    }

    /** Whether something after an offset is held. */
    boolean hasAfter(long offset) {
        LogEntry newest = end == 0 ? null : get(end - 1);
        return newest != null && newest.offset() > offset;
    }

    /** The entry of a number below {@link #end}, or {@code null} if it was let go of. */
    @Nullable
    LogEntry get(long index) {
        // The slots are read after the end that the number is known to be below, so they have been given the entry.
        AtomicReferenceArray<@Nullable LogEntry> current = slots;
        LogEntry entry = current.get(slot(index, current));
        return first <= index ? entry : null;
    }

    /** The number of the first entry after an offset that is held; the {@link #end} if there is none. */
    long indexAfter(long offset) {
        long max = end;
        long low = first;
        long high = max;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogEntry entry = get(middle);
            if (entry == null || entry.offset() <= offset) { // let go of: it came before all that are held
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
