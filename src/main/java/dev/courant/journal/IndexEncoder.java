package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** The encoder of a {@link ClosedIndex}. */
final class IndexEncoder {

    private IndexEncoder() {}

    static byte[] encode(GrowingIndex index) throws IOException {
        SegmentSummary summary = index.summary();
        long[] terms = index.sortedTerms();
        int start = ClosedIndex.POSITIONS + summary.count() * Integer.BYTES + terms.length * ClosedIndex.TERM_BYTES;
        ByteBuffer head = ByteBuffer.allocate(start).putLong(ClosedIndex.MAGIC).putInt(0);
        head.putLong(summary.base())
                .putLong(summary.end())
                .putLong(summary.length())
                .putLong(summary.lost());
        head.putLong(summary.oldestMillis()).putLong(summary.newestMillis()).putLong(summary.newestEnd());
        head.putInt(terms.length).putInt(0);
        for (long offset = summary.base(); offset < summary.end(); offset++) {
            head.putInt(index.position(offset));
        }
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(tail);
        for (long term : terms) {
            PostingList list = Objects.requireNonNull(index.find(term));
            int size = list.ordinals().limit();
            head.putLong(term).putLong(list.previous()).putInt(start + out.size());
            ByteBuffer ordinals =
                    ByteBuffer.allocate(Integer.BYTES * (size + 1)).putInt(size);
            ordinals.asIntBuffer().put(list.ordinals().duplicate());
            out.write(ordinals.array());
            String topic = index.topic(term);
            head.putInt(topic == null ? 0 : start + out.size());
            if (topic != null) {
                out.writeUTF(topic);
            }
        }
        head.putInt(ClosedIndex.KEYS, start + out.size());
        writeKeys(index.keys(), out);
        byte[] file = ByteBuffer.allocate(start + tail.size())
                .put(head.array())
                .put(tail.toByteArray())
                .array();
        ByteBuffer.wrap(file).putInt(ClosedIndex.CHECKSUM, ClosedIndex.checksum(file));
        return file;
    }

    private static void writeKeys(List<StoredEvent> events, DataOutputStream out) throws IOException {
        out.writeInt(events.size());
        for (StoredEvent event : events) {
            IdempotencyKey key = Objects.requireNonNull(event.key());
            out.writeLong(event.offset());
            out.writeLong(event.millis());
            out.writeUTF(key.key());
            out.writeUTF(key.digest());
            out.writeLong(key.number());
        }
    }
}
