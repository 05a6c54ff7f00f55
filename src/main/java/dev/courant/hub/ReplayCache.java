package dev.courant.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the log a moment ago: when many clients come back at once, most of them missed the same. Used by its
 * dispatcher's thread alone.
 */
final class ReplayCache {

    /** Of about {@link Audience#BATCH_BYTES} each. */
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
