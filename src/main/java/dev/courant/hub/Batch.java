package dev.courant.hub;

import dev.courant.event.EventKind;
import dev.courant.log.LogEntry;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The bytes of one write: the frames of consecutive entries for an audience, or control bytes, which the hub writes
 * itself.
 *
 * @param entries empty for control bytes
 * @param bytes shared by all subscriptions of an audience; must not be modified
 * @param hasEnd whether an entry ends its topics
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: joined once for many connections
public record Batch(List<LogEntry> entries, byte[] bytes, boolean hasEnd) implements NextBatch {

    Batch(List<LogEntry> entries, byte[] bytes) {
        this(entries, bytes, hasEnd(entries));
    }

    private static boolean hasEnd(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.kind() == EventKind.END) {
                return true;
            }
        }
        return false;
    }

    public static Batch control(byte[] bytes) {
        return new Batch(List.of(), bytes);
    }

    /** @param entries one or more, in the order of the log */
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

    /** Returns a batch of the first entries that fill it, at least one, in another encoding. */
    static Batch of(List<LogEntry> entries, Function<LogEntry, byte[]> encoder) {
        byte[] first = encoder.apply(entries.get(0));
        if (entries.size() == 1) {
            return new Batch(List.copyOf(entries), first);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * first.length);
        bytes.writeBytes(first);
        int count = 1;
        for (; count < entries.size() && bytes.size() < Audience.BATCH_BYTES; count++) {
            bytes.writeBytes(encoder.apply(entries.get(count)));
        }
        return new Batch(List.copyOf(entries.subList(0, count)), bytes.toByteArray());
    }

    /** Returns a batch with the same entries that writes the control bytes first. */
    Batch prepend(Batch control) {
        byte[] joined = Arrays.copyOf(control.bytes, control.bytes.length + bytes.length);
        System.arraycopy(bytes, 0, joined, control.bytes.length, bytes.length);
        return new Batch(entries, joined, hasEnd);
    }

    boolean isControl() {
        return entries.isEmpty();
    }

    long firstOffset() {
        return entries.get(0).offset();
    }

    long lastOffset() {
        return entries.get(entries.size() - 1).offset();
    }
}
