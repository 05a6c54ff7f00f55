package dev.courant.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks that were read last: many who come back want the same. One thread at a time. */
final class RecordBlockCache {

    /** Of one block, from a multiple of this on, unless it would take too many bytes. */
    static final int RECORDS = 1024;

    private static final long MOST_BYTES = 16 << 20;
    private static final long EACH = 200; // bytes, roughly, that an entry takes besides its frame

    private final TreeMap<Long, RecordBlock> byOffset = new TreeMap<>();
    private final Map<Long, RecordBlock> byUse =
            new LinkedHashMap<>(16, 0.75f, true); // the one not used for longest first
    private long bytes;

    /** The one that a record would be in. */
    @Nullable
    RecordBlock of(long kafkaOffset) {
        Map.Entry<Long, RecordBlock> before = byOffset.floorEntry(kafkaOffset);
        if (before == null || before.getValue().end() <= kafkaOffset) {
            return null;
        }
        return byUse.get(before.getKey());
    }

    /** Where the one would begin that a record would be in. */
    long start(long kafkaOffset) {
        long aligned = kafkaOffset - kafkaOffset % RECORDS;
        Map.Entry<Long, RecordBlock> before = byOffset.floorEntry(kafkaOffset);
        return before == null ? aligned : Math.max(aligned, before.getValue().end());
    }

    /** Where the one ends at the latest that begins here. */
    static long after(long start) {
        return start - start % RECORDS + RECORDS;
    }

    void add(RecordBlock block) {
        byOffset.put(block.from(), block);
        byUse.put(block.from(), block);
        bytes += size(block);
        while (bytes > MOST_BYTES && byUse.size() > 1) {
            RecordBlock oldest = byUse.values().iterator().next();
            byUse.remove(oldest.from());
            byOffset.remove(oldest.from());
            bytes -= size(oldest);
        }
    }

    void clear() {
        byOffset.clear();
        byUse.clear();
        bytes = 0;
    }

    private static long size(RecordBlock block) {
        return block.bytes() + EACH * block.entries().size();
    }
}
