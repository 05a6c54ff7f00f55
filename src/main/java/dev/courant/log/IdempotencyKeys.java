package dev.courant.log;

import dev.courant.event.EventId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The keys under which events were stored in the last minutes. One thread at a time. */
public final class IdempotencyKeys {

    /** More keys than this within that time are more than publishers can mean. */
    public static final int MAX_KEYS = 200_000;

    /** A key takes some 300 bytes, and all keys about a sixteenth of the heap. */
    private static final long MAX_KEYS_FOR_HEAP =
            Math.min(MAX_KEYS, Runtime.getRuntime().maxMemory() / 16 / 256);

    private final Map<String, Stored> byKey = new LinkedHashMap<>(); // the oldest first

    /**
     * What became of the event that was stored under this key, {@code null} if none was.
     *
     * @param now nanoseconds, on the clock that {@link #put} is called with
     * @throws KeyReusedException if it was another event
     * @throws TooManyKeysException if there is none, and no room to remember one more
     */
    public @Nullable CompletionStage<EventId> find(IdempotencyKey key, long now) {
        evictExpired(now);
        Stored stored = byKey.get(key.key());
        if (stored != null && !stored.failed()) {
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

    /** Remembers what becomes of an event. */
    public void put(IdempotencyKey key, CompletionStage<EventId> id, long now) {
        byKey.remove(key.key()); // of one that failed: its place is at the end now
        byKey.put(key.key(), new Stored(key.digest(), id, now));
    }

    private void evictExpired(long now) {
        Iterator<Stored> oldest = byKey.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > IdempotencyKey.LIFETIME.toNanos()) {
            oldest.remove();
        }
    }

    private record Stored(String digest, CompletionStage<EventId> id, long at) {

        boolean failed() {
            return id.toCompletableFuture().isCompletedExceptionally();
        }
    }
}
