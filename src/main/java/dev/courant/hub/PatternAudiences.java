package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audiences that select topics by patterns. The result is cached for the most recently used topics, so that
 * patterns are matched once for each topic and not for each event. Not thread-safe; used by the dispatcher thread only.
 */
final class PatternAudiences {

    /** The maximum number of cached topics. */
    static final int MAX_TOPICS = 4096;

    /** The maximum number of cached audiences, counted once for each topic. A single topic may exceed it. */
    static final int MAX_CACHED_AUDIENCES = 1 << 20;

    /** All topics are swept after this many audiences were closed, or as many as are open, if that is more. */
    static final int MAX_CLOSED = 1024;

    private final PatternIndex index = new PatternIndex();
    private final Map<Topic, CachedAudiences> byTopic = new LinkedHashMap<>(16, 0.75f, true); // in access order
    private long openedCount; // the number of audiences ever added, and of the newest one
    private long closedCount; // the number of audiences ever removed
    private long closedAtLastSweep; // closedCount at the last sweep of all topics
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

    /**
     * Returns the audiences that select the topic by a pattern. The list is the cache's own: callers must not retain
     * it.
     */
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

    /** Returns the number of cached audiences, counted once for each topic. */
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

    /** Evicts the least recently used topics, but never the most recent one. */
    private void evictOldest() {
        Iterator<CachedAudiences> oldest = byTopic.values().iterator();
        for (int topics = byTopic.size();
                topics > 1 && (topics > MAX_TOPICS || cachedCount > MAX_CACHED_AUDIENCES);
                topics--) {
            cachedCount -= oldest.next().audiences.size();
            oldest.remove();
        }
    }

    /** The audiences of one topic, at a time when the counters had these values. */
    private static final class CachedAudiences {

        private final List<Audience> audiences = new ArrayList<>();
        private long openedCount;
        private long closedCount;
    }
}
