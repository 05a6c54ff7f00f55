package dev.courant.kafka;

import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detector of duplicates: two nodes can publish records with the same idempotency key at the same time. A record
 * contains the offset up to which its node had read all keys. The record is a duplicate if a record between this offset
 * and its own has the same key. So every node that reads the topic finds the same duplicates. All records of a publishing
 * stream have the same key; there, a record is dropped if it does not follow the last one. Not thread-safe.
 */
final class DuplicateRecords {

    /**
     * The time for which a key is stored. A record is appended much sooner than this after its node has read the offset
     * in it.
     */
    private static final long RETENTION_NANOS =
            IdempotencyKey.LIFETIME.plus(Duration.ofMinutes(5)).toNanos();

    private final Map<String, KeyUse> byKey = new LinkedHashMap<>(); // the oldest first
    private long firstOffset = -1; // of the first record that was added

    /**
     * Adds the key of the next record in the topic, and returns whether the record is a duplicate.
     *
     * @param now the time in nanoseconds, on any monotonic clock
     */
    boolean isDuplicate(KeyedRecord record, long now) {
        firstOffset = firstOffset < 0 ? record.offset() : firstOffset;
        Iterator<KeyUse> oldest = byKey.values().iterator();
        while (oldest.hasNext()
                && (now - oldest.next().usedAt > RETENTION_NANOS || byKey.size() > IdempotencyKeys.MAX_KEYS)) {
            oldest.remove();
        }
        String key = record.key().key();
        KeyUse previous = byKey.remove(key);
        boolean duplicate = previous != null && previous.isRepeatedBy(record);
        // A dropped record of a stream is not its last one.
        byKey.put(key, duplicate && record.key().number() > 0 ? previous : createUse(record, previous, now));
        return duplicate;
    }

    private KeyUse createUse(KeyedRecord record, @Nullable KeyUse previous, long now) {
        boolean certain = record.key().number() == 1
                || record.knownUpTo() >= firstOffset
                || (previous != null && previous.certain);
        return new KeyUse(record, certain, now);
    }

    /**
     * The last record with a key.
     *
     * @param certain whether it is known to be the last one of its stream, although earlier records were not read
     */
    private record KeyUse(KeyedRecord record, boolean certain, long usedAt) {

        boolean isRepeatedBy(KeyedRecord other) {
            boolean wasKnown = record.offset() <= other.knownUpTo(); // the node published again on purpose
            IdempotencyKey key = other.key();
            long last = record.key().number();
            if (key.number() <= 1 || last == 0) {
                return !wasKnown;
            }
            boolean follows = key.number() == last + 1
                    && key.previous().equals(record.key().digest());
            return key.number() <= last || (certain && !follows);
        }
    }
}
