package dev.courant.journal;

import dev.courant.event.Topic;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the file, under its offset.
 *
 * @param millis when it was stored, by the clock on the wall
 * @param once its publisher's key, if there was one
 */
@SuppressWarnings("ArrayRecordComponent") // as in Entry
record StoredEvent(
        long millis,
        List<Topic> topics,
        boolean restricted,
        @Nullable String publishedId,
        @Nullable IdempotencyKey once,
        byte[] frame) {

    private static final int RESTRICTED = 1;
    private static final int PUBLISHED_ID = 2;
    private static final int ONCE = 4;

    static StoredEvent of(LogEntry entry, @Nullable IdempotencyKey once, long millis) {
        return new StoredEvent(millis, entry.topics(), entry.restricted(), entry.publishedId(), once, entry.frame());
    }

    /** @param at when it was stored, on the log's own clock */
    LogEntry entry(long offset, long at) {
        return new LogEntry(offset, topics, restricted, publishedId, frame, at);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(millis);
            out.writeByte((restricted ? RESTRICTED : 0)
                    | (publishedId != null ? PUBLISHED_ID : 0)
                    | (once != null ? ONCE : 0));
            out.writeInt(topics.size());
            for (Topic topic : topics) {
                out.writeUTF(topic.name());
            }
            if (publishedId != null) {
                out.writeUTF(publishedId);
            }
            if (once != null) {
                out.writeUTF(once.key());
                out.writeUTF(once.digest());
            }
            out.write(frame);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static StoredEvent read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long millis = in.readLong();
            int flags = in.readByte();
            List<Topic> topics = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                topics.add(new Topic(in.readUTF()));
            }
            String publishedId = (flags & PUBLISHED_ID) == 0 ? null : in.readUTF();
            IdempotencyKey once = (flags & ONCE) == 0 ? null : new IdempotencyKey(in.readUTF(), in.readUTF());
            return new StoredEvent(millis, topics, (flags & RESTRICTED) != 0, publishedId, once, in.readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // its blocks have checksums
        }
    }
}
