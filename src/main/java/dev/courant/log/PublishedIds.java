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
        places.merge(id, new Place(offset, 1, false), (before, now) -> new Place(offset, before.times + 1, true));
    }

    void remove(String id) {
        places.computeIfPresent(id, PublishedIds::once);
    }

    /**
     * Empty also for an id that was given to several entries, as long as one of them is held: which of them a client has
     * seen, it does not say.
     */
    OptionalLong find(String id) {
        Place place = places.get(id);
        return place == null || place.ambiguous ? OptionalLong.empty() : OptionalLong.of(place.offset);
    }

    private static @Nullable Place once(String id, Place place) {
        return place.times == 1 ? null : new Place(place.offset, place.times - 1, place.ambiguous);
    }

    private record Place(long offset, int times, boolean ambiguous) {}
}
