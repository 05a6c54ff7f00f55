package dev.courant.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The encoder of a {@link StoredIndex}. */
final class IndexEncoder {

    private IndexEncoder() {}

    /** @param previous of each of {@link GrowingIndex#sortedTerms}; where it is 0, that of the index counts */
    static byte[] encode(GrowingIndex index, SegmentSummary summary, long[] terms, long[] previous) {
        int start = StoredIndex.FIXED_BYTES + summary.count() * Integer.BYTES;
        ByteBuffer head = ByteBuffer.allocate(start + terms.length * StoredIndex.TERM_BYTES);
        head.put(StoredIndex.MAGIC).putInt(StoredIndex.VERSION).putInt(0);
        summary.write(head);
        head.putInt(terms.length);
        for (int ordinal = 0; ordinal < summary.count(); ordinal++) {
            head.putInt(index.position(ordinal));
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int i = 0; i < terms.length; i++) {
            PostingList list = index.find(terms[i]);
            if (list == null) {
                throw new IllegalStateException("a term without a list");
            }
            head.putLong(terms[i]).putLong(previous[i] > 0 ? previous[i] : list.previous());
            head.putInt(head.limit() + rest.size());
            ByteBuffer ordinals = ByteBuffer.allocate(Integer.BYTES * (list.size() + 1)).putInt(list.size());
            ordinals.asIntBuffer().put(list.ordinals().duplicate());
            rest.writeBytes(ordinals.array());
            head.putInt(putName(index.topicName(terms[i]), head.limit(), rest));
        }
        byte[] file = ByteBuffer.allocate(head.limit() + rest.size())
                .put(head.array())
                .put(rest.toByteArray())
                .array();
        ByteBuffer.wrap(file).putInt(StoredIndex.CHECKSUM, StoredIndex.checksum(file));
        return file;
    }

    private static int putName(@Nullable String name, int start, ByteArrayOutputStream out) {
        if (name == null) {
            return 0;
        }
        int position = start + out.size();
        byte[] utf8 = name.getBytes(UTF_8);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array());
        return position;
    }
}
