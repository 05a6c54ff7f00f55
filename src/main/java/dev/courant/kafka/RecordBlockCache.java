package dev.courant.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the most recently used blocks. After a disconnection, many clients replay the same events. Not
 * thread-safe; guarded by the lock of {@link KafkaHistory}.
 */
final class RecordBlockCache {

    /**
     * The maximum number of records in a block. No block extends over a multiple of this number. A block of large
     * records is shorter.
     */
    static final int BLOCK_RECORDS = 1024;

    private static final long MAX_BYTES = 16 << 20;
    private static final long ENTRY_OVERHEAD_BYTES = 200; // approximate size of an entry without its frame

    private final TreeMap<Long, RecordBlock> byOffset = new TreeMap<>();
    private final Map<Long, RecordBlock> byUse = new LinkedHashMap<>(16, 0.75f, true); // the least recently used first
    private long bytes;

    /** Returns the block that contains the record, or {@code null} if it is not cached. */
    @Nullable
    RecordBlock find(long kafkaOffset) {
        Map.Entry<Long, RecordBlock> before = byOffset.floorEntry(kafkaOffset);
        if (before == null || before.getValue().end() <= kafkaOffset) {
            return null;
        }
        return byUse.get(before.getKey());
    }

    /** Returns the Kafka offset at which a new block that contains this record starts. */
    long findStart(long kafkaOffset) {
        long aligned = kafkaOffset - kafkaOffset % BLOCK_RECORDS;
        Map.Entry<Long, RecordBlock> before = byOffset.floorEntry(kafkaOffset);
        return before == null ? aligned : Math.max(aligned, before.getValue().end());
    }

    /** Returns the exclusive upper bound of a block that starts at {@code start}. */
    static long maxEnd(long start) {
        return start - start % BLOCK_RECORDS + BLOCK_RECORDS;
    }

    void add(RecordBlock block) {
        byOffset.put(block.start(), block);
        byUse.put(block.start(), block);
        bytes += countBytes(block);
        while (bytes > MAX_BYTES && byUse.size() > 1) {
            RecordBlock oldest = byUse.values().iterator().next();
            byUse.remove(oldest.start());
            byOffset.remove(oldest.start());
            bytes -= countBytes(oldest);
        }
    }

    void clear() {
        byOffset.clear();
        byUse.clear();
        bytes = 0;
    }

    private static long countBytes(RecordBlock block) {
        return block.bytes() + ENTRY_OVERHEAD_BYTES * block.entries().size();
    }
}
