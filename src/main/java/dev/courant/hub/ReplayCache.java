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
    private static final int MOST = 32;

    private final Map<From, Batch> recent = new LinkedHashMap<>(MOST, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<From, Batch> eldest) {
            return size() > MOST;
        }
    };

    @Nullable
    Batch get(Audience audience, long cursor) {
        return recent.get(new From(audience, cursor));
    }

    void put(Audience audience, long cursor, Batch batch) {
        recent.put(new From(audience, cursor), batch);
    }

    void clear() {
        recent.clear();
    }

    private record From(Audience audience, long cursor) {}
}
