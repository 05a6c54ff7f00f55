package dev.courant.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the batches that were last read from the window. If many clients reconnect at once, most of them have
 * missed the same events. Not thread-safe; used by the dispatcher thread only.
 */
final class ReplayCache {

    /** The maximum number of batches, of about {@link Audience#BATCH_BYTES} each. */
    private static final int MAX_BATCHES = 32;

    private final Map<CacheKey, Batch> batches = new LinkedHashMap<>(MAX_BATCHES, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CacheKey, Batch> eldest) {
            return size() > MAX_BATCHES;
        }
    };

    @Nullable
    Batch get(Audience audience, long cursor) {
        return batches.get(new CacheKey(audience, cursor));
    }

    void put(Audience audience, long cursor, Batch batch) {
        batches.put(new CacheKey(audience, cursor), batch);
    }

    void clear() {
        batches.clear();
    }

    private record CacheKey(Audience audience, long cursor) {}
}
