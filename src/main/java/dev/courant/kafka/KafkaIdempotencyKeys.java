package dev.courant.kafka;

import dev.courant.event.EventId;
import dev.courant.kafka.EventRecord.Keyed;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.KeyReusedException;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The keys of publishers: those in the log, as far as this node has followed it, and those that wait to be seen there. What
 * is published under a key is answered once it comes back from the log, since another node may have been first. Any thread.
 */
final class KafkaIdempotencyKeys {

    /** Longer than it takes to store a record. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(8).toNanos();

    private IdempotencyKeys known = new IdempotencyKeys(); // what is guarded is so by this
    private DuplicateRecords repeats = new DuplicateRecords();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>(); // the oldest first
    private long seen = -1; // all keys up to this offset of Kafka's are known

    /**
     * What becomes of an event that is published under a key.
     *
     * @throws LogException if nothing will
     */
    synchronized Claim claim(IdempotencyKey once, long now) {
        CompletionStage<EventId> before = known.find(once, now);
        if (before != null) {
            return new Claim(before, null, seen);
        }
        CompletableFuture<EventId> id = new CompletableFuture<>();
        known.put(once, id, now);
        waiting.put(once.key(), new Waiting(once, id, now));
        return new Claim(id, id, seen);
    }

    /**
     * A record with a key is next in the log.
     *
     * @return whether it repeats another and is no event of its own
     */
    boolean isRepeat(Keyed record, EventId id, long now) {
        Waiting claimed;
        synchronized (this) {
            if (repeats.isRepeat(record, now)) {
                return true;
            }
            claimed = waiting.remove(record.once().key());
            known.put(record.once(), CompletableFuture.completedFuture(id), now);
        }
        if (claimed != null && claimed.once.digest().equals(record.once().digest())) {
            claimed.id.complete(id);
        } else if (claimed != null) {
            claimed.id.completeExceptionally(new KeyReusedException());
        }
        return false;
    }

    /** The log was followed up to here. */
    synchronized void seen(long kafkaOffset) {
        seen = kafkaOffset;
    }

    /** The topic is another one. */
    synchronized void forget() {
        known = new IdempotencyKeys();
        repeats = new DuplicateRecords();
        seen = -1;
    }

    /** Gives up on those that have not come back. */
    void giveUp(long now) {
        for (Waiting late = late(now); late != null; late = late(now)) {
            late.id.completeExceptionally(new LogUnavailableException(
                    "The event has not come back from Kafka; publish it again under the same key."));
        }
    }

    private synchronized @Nullable Waiting late(long now) {
        Iterator<Waiting> oldest = waiting.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Waiting first = oldest.next();
        if (!first.id.isDone() && now - first.since < PATIENCE_NANOS) {
            return null;
        }
        oldest.remove();
        return first;
    }

    /**
     * What to do about an event.
     *
     * @param id of the event, sooner or later
     * @param sending to be failed if it cannot be sent; {@code null} if it is not to be sent
     * @param seen the offset of Kafka's up to which its key is not in the log
     */
    record Claim(CompletionStage<EventId> id, @Nullable CompletableFuture<EventId> sending, long seen) {}

    private record Waiting(IdempotencyKey once, CompletableFuture<EventId> id, long since) {}
}
