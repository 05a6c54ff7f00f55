package dev.courant.kafka;

import dev.courant.event.EventId;
import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.KeyReusedException;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.StreamPosition;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys that this node has read from the log or is publishing. A publication with a key completes when
 * this node reads its record, not when Kafka acknowledges it: another node may have published the same key first.
 * Thread-safe.
 */
final class KafkaIdempotencyKeys {

    /**
     * The time after which a pending publication fails. It exceeds the producer's delivery timeout, so that a
     * publication fails with the reason of the producer if there is one.
     */
    private static final long STORE_TIMEOUT_NANOS = Duration.ofSeconds(8).toNanos();

    // All fields are guarded by this.
    private IdempotencyKeys known = new IdempotencyKeys();
    private DuplicateRecords duplicates = new DuplicateRecords();
    private final Map<String, PendingKey> pending = new LinkedHashMap<>(); // the oldest first
    private long knownUpTo = -1; // the Kafka offset up to which all keys are known

    /**
     * Registers a publication with a key, unless an event with this key is stored or pending.
     *
     * @throws LogException if another event was published with this key, or if too many keys are stored
     */
    synchronized Claim claim(IdempotencyKey key, long now) {
        CompletionStage<EventId> before = known.find(key, now);
        if (before != null) {
            return new Claim(before, null, knownUpTo);
        }
        CompletableFuture<EventId> id = new CompletableFuture<>();
        known.put(key, id, now);
        pending.put(pendingName(key), new PendingKey(key, id, now));
        return new Claim(id, id, knownUpTo);
    }

    /**
     * Registers the key of the next record in the log, and completes the pending publication with that key.
     *
     * @return whether the record duplicates an earlier one
     */
    boolean isDuplicate(KeyedRecord record, EventId id, long now) {
        IdempotencyKey key = record.key();
        PendingKey claimed;
        boolean duplicate;
        synchronized (this) {
            duplicate = duplicates.isDuplicate(record, now);
            if (duplicate && key.number() == 0) {
                return true;
            }
            claimed = pending.remove(pendingName(key));
            boolean own = claimed != null && claimed.key.digest().equals(key.digest());
            if (!duplicate && !(own && key.number() > 0)) { // the stream may have a later pending event
                known.put(key, CompletableFuture.completedFuture(id), now);
            }
        }
        if (claimed != null) {
            complete(claimed, key, duplicate ? null : id);
        }
        return duplicate;
    }

    private static void complete(PendingKey claimed, IdempotencyKey stored, @Nullable EventId id) {
        if (id == null) {
            claimed.id.completeExceptionally(new LogUnavailableException(
                    "An earlier event of the stream could not be stored. Continue after it."));
        } else if (claimed.key.digest().equals(stored.digest())) {
            claimed.id.complete(id);
        } else {
            claimed.id.completeExceptionally(new KeyReusedException());
        }
    }

    /** Returns the key, with the number of the event if it belongs to a publishing stream. */
    private static String pendingName(IdempotencyKey key) {
        return key.number() == 0 ? key.key() : key.number() + "\n" + key.key();
    }

    /** Returns the position of a publishing stream, as in {@link dev.courant.log.EventLog#findStream}. */
    synchronized @Nullable StreamPosition findStream(String key) {
        return known.findStream(key);
    }

    /** Sets the Kafka offset up to which this node has read all keys. */
    synchronized void setKnownUpTo(long kafkaOffset) {
        knownUpTo = kafkaOffset;
    }

    /** Discards all stored keys, because the topic has a new incarnation. */
    synchronized void reset() {
        known = new IdempotencyKeys();
        duplicates = new DuplicateRecords();
        knownUpTo = -1;
    }

    /** Fails the publications that this node has not read back within 8 seconds. */
    void failExpired(long now) {
        for (PendingKey expired = removeExpired(now); expired != null; expired = removeExpired(now)) {
            expired.id.completeExceptionally(new LogUnavailableException(
                    "This node has not read the event back from Kafka. Publish it again with the same key."));
        }
    }

    private synchronized @Nullable PendingKey removeExpired(long now) {
        Iterator<PendingKey> oldest = pending.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        PendingKey first = oldest.next();
        if (!first.id.isDone() && now - first.claimedAt < STORE_TIMEOUT_NANOS) {
            return null;
        }
        oldest.remove();
        return first;
    }

    /**
     * The result of {@link #claim}.
     *
     * @param id completes with the id of the event
     * @param newId the future of {@code id} if the caller must send the event: if this is impossible, the caller fails
     *     it; {@code null} if the event is already stored or pending
     * @param knownUpTo the Kafka offset up to which this node has read all keys
     */
    record Claim(CompletionStage<EventId> id, @Nullable CompletableFuture<EventId> newId, long knownUpTo) {

        static Claim withoutKey() {
            CompletableFuture<EventId> id = new CompletableFuture<>();
            return new Claim(id, id, 0);
        }
    }

    private record PendingKey(IdempotencyKey key, CompletableFuture<EventId> id, long claimedAt) {}
}
