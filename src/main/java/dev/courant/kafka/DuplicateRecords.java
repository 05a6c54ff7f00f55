package dev.courant.kafka;

import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A detector of duplicates: two nodes can publish records with the same idempotency key at the same time. A record
 * contains the offset up to which its node had read all keys. The record is a duplicate if a record between this offset
 * and its own has the same key. All records of a publishing stream have the same key. There, a record is a duplicate if it
 * does not follow the last one. So every node that reads the topic finds the same duplicates. Not thread-safe.
 */
final class DuplicateRecords {

    /**
     * The time for which a key is stored. A record is appended much sooner than this after its node has read the offset
     * in it.
     */
    private static final long RETENTION_NANOS =
            IdempotencyKey.LIFETIME.plus(Duration.ofMinutes(5)).toNanos();

    private final Map<String, KeyUse> byKey = new LinkedHashMap<>(); // the oldest first

    /**
     * Adds the key of the next record in the topic, and returns whether the record is a duplicate.
     *
     * @param now the time in nanoseconds, on any monotonic clock
     */
    boolean isDuplicate(KeyedRecord record, long now) {
        Iterator<KeyUse> oldest = byKey.values().iterator();
        while (oldest.hasNext()
                && (now - oldest.next().usedAt > RETENTION_NANOS || byKey.size() > IdempotencyKeys.MAX_KEYS)) {
            oldest.remove();
        }
        String key = record.key().key();
        KeyUse previous = byKey.remove(key);
        boolean duplicate = previous != null && previous.isRepeatedBy(record);
        // A dropped record of a stream is not its last one.
        byKey.put(key, duplicate && record.key().number() > 0 ? previous : new KeyUse(record, now));
        return duplicate;
    }

    private record KeyUse(KeyedRecord record, long usedAt) {

        boolean isRepeatedBy(KeyedRecord other) {
            boolean wasKnown = record.offset() <= other.knownUpTo(); // the node published again on purpose
            IdempotencyKey key = other.key();
            boolean follows = key.number() == record.key().number() + 1
                    && key.previous().equals(record.key().digest());
            return key.number() == 0 ? !wasKnown : !follows && (key.number() > 1 || !wasKnown);
        }
    }
}
