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
    public static final int MOST = 200_000;

    /** A key takes some 300 bytes, and all keys about a sixteenth of the heap. */
    private static final long MOST_HERE = Math.min(MOST, Runtime.getRuntime().maxMemory() / 16 / 256);

    private final Map<String, Stored> byKey = new LinkedHashMap<>(); // the oldest first

    /**
     * What became of the event that was stored under this key, {@code null} if none was.
     *
     * @param now nanoseconds, on the clock that {@link #put} is called with
     * @throws KeyReusedException if it was another event
     * @throws TooManyKeysException if there is none, and no room to remember one more
     */
    public @Nullable CompletionStage<EventId> find(IdempotencyKey once, long now) {
        forgetOld(now);
        Stored before = byKey.get(once.key());
        if (before != null && !before.failed()) {
            if (!before.digest.equals(once.digest())) {
                throw new KeyReusedException();
            }
            return before.id;
        }
        if (byKey.size() >= MOST_HERE) {
            throw new TooManyKeysException();
        }
        return null;
    }

    /** Remembers what becomes of an event. */
    public void put(IdempotencyKey once, CompletionStage<EventId> id, long now) {
        byKey.remove(once.key()); // of one that failed: its place is at the end now
        byKey.put(once.key(), new Stored(once.digest(), id, now));
    }

    private void forgetOld(long now) {
        Iterator<Stored> oldest = byKey.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > IdempotencyKey.REMEMBERED.toNanos()) {
            oldest.remove();
        }
    }

    private record Stored(String digest, CompletionStage<EventId> id, long at) {

        boolean failed() {
            return id.toCompletableFuture().isCompletedExceptionally();
        }
    }
}
