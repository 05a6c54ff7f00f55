package dev.courant.kafka;

import dev.courant.kafka.EventRecord.Keyed;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which records repeat an event that two nodes published at the same time under one key. A node publishes what it does not
 * know yet, and the record says up to where it knew all: it is a repeat if another with the same key lies in between. So
 * every node tells the same, whenever it reads. To be told every record with a key, in order. Not for several threads.
 */
final class DuplicateRecords {

    /** No node publishes longer than this after it knew the log. */
    private static final long REMEMBERED =
            IdempotencyKey.LIFETIME.plus(Duration.ofMinutes(5)).toNanos();

    private final Map<String, Last> byKey = new LinkedHashMap<>(); // the oldest first

    /** @param now nanoseconds, on a clock of the caller's */
    boolean isRepeat(Keyed record, long now) {
        Iterator<Last> oldest = byKey.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().at > REMEMBERED || byKey.size() > IdempotencyKeys.MAX_KEYS)) {
            oldest.remove();
        }
        Last before = byKey.remove(record.once().key());
        byKey.put(record.once().key(), new Last(record.offset(), now));
        return before != null && before.offset > record.seen();
    }

    private record Last(long offset, long at) {}
}
