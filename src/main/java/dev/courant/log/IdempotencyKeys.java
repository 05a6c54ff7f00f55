package dev.courant.log;

import dev.courant.event.EventId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the last {@link IdempotencyKey#LIFETIME}, each with the id of its event. Not thread-safe. */
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
     * @throws TooManyKeysException if the key is new and the maximum number of keys is reached
     */
    public @Nullable CompletionStage<EventId> find(IdempotencyKey key, long now) {
        evictExpired(now);
        Stored stored = byKey.get(key.key());
        if (stored != null && !stored.hasFailed()) {
            if (!stored.digest.equals(key.digest())) {
                throw new KeyReusedException();
            }
            return stored.id;
        }
        if (byKey.size() >= MAX_KEYS_FOR_HEAP) {
            throw new TooManyKeysException();
        }
        return null;
    }

    /** Adds a key and the stage that completes with the id of its event. */
    public void put(IdempotencyKey key, CompletionStage<EventId> id, long now) {
        byKey.remove(key.key()); // a repetition after a failure must move to the end
        byKey.put(key.key(), new Stored(key.digest(), id, now));
    }

    private void evictExpired(long now) {
        Iterator<Stored> oldest = byKey.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > IdempotencyKey.LIFETIME.toNanos()) {
            oldest.remove();
        }
    }

    private record Stored(String digest, CompletionStage<EventId> id, long at) {

        boolean hasFailed() {
            return id.toCompletableFuture().isCompletedExceptionally();
        }
    }
}
