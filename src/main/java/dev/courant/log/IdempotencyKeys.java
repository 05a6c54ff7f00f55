package dev.courant.log;

import dev.courant.event.EventId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the last {@link IdempotencyKey#LIFETIME}, each with the id of its last event. Not thread-safe. */
public final class IdempotencyKeys {

    /** The maximum number of keys; far above what publishers need within {@link IdempotencyKey#LIFETIME}. */
    public static final int MAX_KEYS = 200_000;

    /** Limits all keys to about a sixteenth of the heap. One key takes about 430 bytes. */
    private static final long MAX_KEYS_FOR_HEAP =
            Math.min(MAX_KEYS, Runtime.getRuntime().maxMemory() / 16 / 430);

    private final Map<String, Stored> byKey = new LinkedHashMap<>(); // oldest first

    /**
     * Returns the id of the event with this key, in a stage that completes once the event is stored. Returns
     * {@code null} if no event has this key or storing it failed.
     *
     * @param now nanoseconds on a monotonic clock, the same as for {@link #put}
     * @throws KeyReusedException if the key was used for another event
     * @throws StreamPositionException if the event of a stream does not follow the last one
     * @throws TooManyKeysException if the key is new and the maximum number of keys is reached
     */
    public @Nullable CompletionStage<EventId> find(IdempotencyKey key, long now) {
        evictExpired(now);
        Stored stored = findLast(key.key());
        if (stored == null) {
            if (byKey.size() >= MAX_KEYS_FOR_HEAP) {
                throw new TooManyKeysException();
            }
            return null;
        }
        if ((stored.number == 0) != (key.number() == 0)) {
            throw new KeyReusedException();
        }
        if (key.number() > 0) {
            if (stored.number == key.number() - 1 && stored.digest.equals(key.previous())) {
                return null;
            }
            throw new StreamPositionException(stored.position());
        }
        if (!stored.digest.equals(key.digest())) {
            throw new KeyReusedException();
        }
        return stored.id;
    }

    /** Returns the position of a publishing stream, or {@code null} if the key is unknown or does not belong to a stream. */
    public @Nullable StreamPosition findStream(String key) {
        Stored stored = findLast(key);
        return stored == null || stored.number == 0 ? null : stored.position();
    }

    private @Nullable Stored findLast(String key) {
        Stored stored = byKey.get(key);
        while (stored != null && stored.hasFailed()) {
            stored = stored.before;
        }
        return stored;
    }

    /** Adds a key and the stage that completes with the id of its event. */
    public void put(IdempotencyKey key, CompletionStage<EventId> id, long now) {
        Stored before = key.number() == 0 ? null : findLast(key.key());
        byKey.remove(key.key()); // a repetition after a failure, and the next event of a stream, must move to the end
        byKey.put(
                key.key(),
                new Stored(key.digest(), key.number(), id, now, before == null ? null : before.withoutStored()));
    }

    private void evictExpired(long now) {
        Iterator<Stored> oldest = byKey.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > IdempotencyKey.LIFETIME.toNanos()) {
            oldest.remove();
        }
    }

    /** @param before the previous event of the stream, which counts if storing this one fails */
    private record Stored(
            String digest,
            long number,
            CompletionStage<EventId> id,
            long at,
            @Nullable Stored before) {

        boolean hasFailed() {
            return id.toCompletableFuture().isCompletedExceptionally();
        }

        /** Returns this event without the ones before it if it is stored, since it cannot fail any more. */
        Stored withoutStored() {
            return before != null && id.toCompletableFuture().isDone()
                    ? new Stored(digest, number, id, at, null)
                    : this;
        }

        StreamPosition position() {
            return new StreamPosition(number, digest, id);
        }
    }
}
