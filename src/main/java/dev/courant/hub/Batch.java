package dev.courant.hub;

import dev.courant.log.LogEntry;
import java.util.Arrays;
import java.util.List;

/**
 * What goes out in one write: entries of the log, joined, or bytes of the hub's own (then there are no entries).
 *
 * @param bytes shared by all of an audience; nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: joined once for many connections
public record Batch(List<LogEntry> entries, byte[] bytes) {

    /** Stands for what is not in the window any more, but kept elsewhere. */
    static final Batch IN_HISTORY = control(new byte[0]);

    static Batch control(byte[] bytes) {
        return new Batch(List.of(), bytes);
    }

    /** @param entries one at least, in the log's order */
    static Batch of(List<LogEntry> entries) {
        if (entries.size() == 1) {
            return new Batch(List.copyOf(entries), entries.get(0).frame());
        }
        int length = entries.stream().mapToInt(entry -> entry.frame().length).sum();
        byte[] bytes = new byte[length];
        int position = 0;
        for (LogEntry entry : entries) {
            System.arraycopy(entry.frame(), 0, bytes, position, entry.frame().length);
            position += entry.frame().length;
        }
        return new Batch(List.copyOf(entries), bytes);
    }

    /** Returns the same entries, with other bytes written before theirs. */
    Batch prepend(Batch control) {
        byte[] joined = Arrays.copyOf(control.bytes, control.bytes.length + bytes.length);
        System.arraycopy(bytes, 0, joined, control.bytes.length, bytes.length);
        return new Batch(entries, joined);
    }

    boolean isControl() {
        return entries.isEmpty();
    }

    boolean isInHistory() {
        return entries.isEmpty() && bytes.length == 0;
    }

    long firstOffset() {
        return entries.get(0).offset();
    }

    long lastOffset() {
        return entries.get(entries.size() - 1).offset();
    }
}
