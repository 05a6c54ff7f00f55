package dev.courant.journal;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as a segment contains it.
 *
 * @param millis the time at which it was stored, by the wall clock
 * @param key the publisher's key, if there was one
 */
@SuppressWarnings("ArrayRecordComponent") // as in LogEntry
record StoredEvent(
        long offset,
        long millis,
        EventKind kind,
        List<Topic> topics,
        boolean restricted,
        @Nullable String publishedId,
        @Nullable IdempotencyKey key,
        byte[] frame) {

    private static final int RESTRICTED = 1;
    private static final int PUBLISHED_ID = 2;
    private static final int KEY = 4;
    private static final int NUMBER = 8; // the key belongs to a publishing stream
    private static final int END = 16;

    static StoredEvent of(LogEntry entry, @Nullable IdempotencyKey key) {
        return new StoredEvent(
                entry.offset(),
                entry.millis(),
                entry.kind(),
                entry.topics(),
                entry.restricted(),
                entry.publishedId(),
                key,
                entry.frame());
    }

    /** Returns an upper bound for the size of the record. */
    long maxBytes() {
        long names = topics.stream().mapToLong(topic -> topic.name().length()).sum();
        return frame.length + 3 * names + 1500L; // the rest: an id, a key and the header
    }

    /** Returns the idempotency key of this event without the event. */
    StoredEvent keyOnly() {
        return new StoredEvent(offset, millis, EventKind.EVENT, List.of(), true, null, key, new byte[0]);
    }

    LogEntry entry(JournalClocks clocks) {
        return new LogEntry(offset, kind, topics, restricted, publishedId, frame, clocks.nanosAt(millis), millis);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(millis);
        out.writeByte((restricted ? RESTRICTED : 0)
                | (publishedId != null ? PUBLISHED_ID : 0)
                | (key != null ? KEY : 0)
                | (key != null && key.number() > 0 ? NUMBER : 0)
                | (kind == EventKind.END ? END : 0));
        out.writeInt(topics.size());
        for (Topic topic : topics) {
            out.writeUTF(topic.name());
        }
        if (publishedId != null) {
            out.writeUTF(publishedId);
        }
        if (key != null) {
            out.writeUTF(key.key());
            out.writeUTF(key.digest());
            if (key.number() > 0) {
                out.writeLong(key.number());
            }
        }
        out.write(frame);
    }

    /** Reads an event from a record. Returns {@code null} if the bytes are no event. */
    static @Nullable StoredEvent read(long offset, byte[] record, int position) {
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(record, position, record.length - position))) {
            long millis = in.readLong();
            int flags = in.readByte();
            EventKind kind = (flags & END) == 0 ? EventKind.EVENT : EventKind.END;
            List<Topic> topics = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                topics.add(new Topic(in.readUTF()));
            }
            String publishedId = (flags & PUBLISHED_ID) == 0 ? null : in.readUTF();
            IdempotencyKey key = (flags & KEY) == 0
                    ? null
                    : new IdempotencyKey(in.readUTF(), in.readUTF(), (flags & NUMBER) == 0 ? 0 : in.readLong(), "");
            return new StoredEvent(
                    offset, millis, kind, topics, (flags & RESTRICTED) != 0, publishedId, key, in.readAllBytes());
        } catch (IOException | IllegalArgumentException invalid) {
            return null;
        }
    }
}
