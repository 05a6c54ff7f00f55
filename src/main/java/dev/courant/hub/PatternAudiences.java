package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audiences that choose topics by patterns. Which of them listen to a topic is remembered for the topics that were
 * used last, so that an event costs its patterns once for each topic and not once for each event. Used by its
 * dispatcher's thread alone.
 */
final class PatternAudiences {

    /** Topics remembered, at the most. */
    static final int MAX_TOPICS = 4096;

    /** Audiences remembered, each as often as it listens to a topic; but one topic may have more alone. */
    static final int MAX_CACHED_AUDIENCES = 1 << 20;

    /** So many closed ones may be remembered, or as many as are open, before all are looked for. */
    static final int MAX_CLOSED = 1024;

    private final PatternIndex index = new PatternIndex();
    private final Map<Topic, CachedAudiences> byTopic =
            new LinkedHashMap<>(16, 0.75f, true); // the one used last comes last
    private long openedCount; // how many were; the number of the newest
    private long closedCount; // how many were
    private long closedAtLastSweep; // how many had been closed when all of them were dropped last
    private int cachedCount;

    void add(Audience audience) {
        audience.patternNumber = ++openedCount;
        index.add(audience);
    }

    void remove(Audience audience) {
        index.remove(audience);
        audience.patternNumber = 0;
        closedCount++;
        if (closedCount == openedCount) {
            byTopic.clear();
            cachedCount = 0;
        } else if (closedCount - closedAtLastSweep > Math.max(MAX_CLOSED, openedCount - closedCount)) {
            closedAtLastSweep = closedCount;
            byTopic.values().forEach(this::removeClosed);
        }
    }

    /** Not to be kept: it is the memory's own. */
    List<Audience> find(Topic topic) {
        if (closedCount == openedCount) {
            return List.of();
        }
        CachedAudiences cached = byTopic.computeIfAbsent(topic, key -> new CachedAudiences());
        removeClosed(cached);
        if (cached.openedCount != openedCount) {
            Collection<Audience> added = index.find(topic, cached.openedCount);
            cached.audiences.addAll(added);
            cachedCount += added.size();
            cached.openedCount = openedCount;
            evictOldest();
        }
        return cached.audiences;
    }

    /** How many audiences are remembered, each as often as it listens to a topic. */
    int cachedCount() {
        return cachedCount;
    }

    private void removeClosed(CachedAudiences cached) {
        if (cached.closedCount != closedCount) {
            cachedCount -= cached.audiences.size();
            cached.audiences.removeIf(audience -> audience.patternNumber == 0);
            cachedCount += cached.audiences.size();
            cached.closedCount = closedCount;
        }
    }

    /** But never the topic that was used last. */
    private void evictOldest() {
        Iterator<CachedAudiences> oldest = byTopic.values().iterator();
        for (int topics = byTopic.size();
                topics > 1 && (topics > MAX_TOPICS || cachedCount > MAX_CACHED_AUDIENCES);
                topics--) {
            cachedCount -= oldest.next().audiences.size();
            oldest.remove();
        }
    }

    /** Of one topic, as it was when so many had been opened and closed. */
    private static final class CachedAudiences {

        private final List<Audience> audiences = new ArrayList<>();
        private long openedCount;
        private long closedCount;
    }
}
