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

    private static final int LEAST_SLOTS = 4;

    final Topic topic;
    final List<Topic> alone;
    long bytes; // of all frames; the writer's
    private volatile AtomicReferenceArray<@Nullable LogEntry> slots = new AtomicReferenceArray<>(LEAST_SLOTS);
    private volatile long first; // number of the oldest entry held; written before its predecessor's slot is cleared
    private volatile long end; // number after the newest; written after its slot, and after the slots if they are new
    private volatile long floor; // everything of this topic up to this offset may be gone

    /** @param floor up to where entries of this topic may have been let go of before */
    TopicWindow(Topic topic, long floor) {
        this.topic = topic;
        alone = List.of(topic);
        this.floor = floor;
    }

    // ---- the writer's ----

    void add(LogEntry entry) {
        if (size() == slots.length()) {
            resize(slots.length() * 2);
        }
        long number = end;
        slots.set(slot(number, slots), entry);
        bytes += entry.frame().length;
        end = number + 1;
    }

    /** Lets go of the oldest. */
    LogEntry remove() {
        long number = first;
        LogEntry gone = oldest();
        bytes -= gone.frame().length;
        floor = gone.offset();
        first = number + 1;
        slots.set(slot(number, slots), null);
        // A topic that was busy once does not keep the room that it had then.
        if (slots.length() > LEAST_SLOTS && size() * 4 <= slots.length()) {
            resize(slots.length() / 2);
        }
        return gone;
    }

    LogEntry oldest() {
        LogEntry oldest = slots.get(slot(first, slots));
        if (oldest == null) {
            throw new IllegalStateException("nothing is held of " + topic);
        }
        return oldest;
    }

    /** How many slots there are, for entries held or to come. */
    int room() {
        return slots.length();
    }

    private void resize(int length) {
        AtomicReferenceArray<@Nullable LogEntry> resized = new AtomicReferenceArray<>(length);
        for (long number = first; number < end; number++) {
            resized.setPlain(slot(number, resized), slots.get(slot(number, slots)));
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
        LogEntry newest = end == 0 ? null : at(end - 1);
        return newest != null && newest.offset() > offset;
    }

    /** The entry of a number below {@link #end}, or {@code null} if it was let go of. */
    @Nullable
    LogEntry at(long number) {
        // The slots are read after the end that the number is known to be below, so they have been given the entry.
        AtomicReferenceArray<@Nullable LogEntry> current = slots;
        LogEntry entry = current.get(slot(number, current));
        return first <= number ? entry : null;
    }

    /** The number of the first entry after an offset that is held; the {@link #end} if there is none. */
    long numberAfter(long offset) {
        long most = end;
        long low = first;
        long high = most;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogEntry entry = at(middle);
            if (entry == null || entry.offset() <= offset) { // let go of: it came before all that are held
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int slot(long number, AtomicReferenceArray<?> slots) {
        return (int) number & (slots.length() - 1);
    }
}
