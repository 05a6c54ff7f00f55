package dev.courant.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the ids that publishers chose stand in the log, for as long as their entries are held. One thread at a time adds
 * and removes; any number look up.
 */
final class PublishedIds {

    private final Map<String, Place> places = new ConcurrentHashMap<>();

    void add(String id, long offset) {
        places.merge(
                id,
                new Place(offset, 1, false),
                (before, now) -> new Place(before.offset, before.times + 1, before.some));
    }

    void remove(String id) {
        places.computeIfPresent(id, PublishedIds::once);
    }

    /**
     * Of an id that was given to several entries, the earliest, so that a client that has seen a later one gets some again
     * rather than too few. Empty once some of them have been let go of: a client may have meant one of those.
     */
    OptionalLong find(String id) {
        Place place = places.get(id);
        return place == null || place.some ? OptionalLong.empty() : OptionalLong.of(place.offset);
    }

    private static @Nullable Place once(String id, Place place) {
        return place.times == 1 ? null : new Place(place.offset, place.times - 1, true);
    }

    /** @param some whether only some of those that had the id are still held */
    private record Place(long offset, int times, boolean some) {}
}
