package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audiences that select topics by patterns. The audiences of recently used topics are cached, so that patterns are
 * compared once with each topic and not with each event. Not thread-safe; used by the dispatcher thread only.
 */
final class PatternAudiences {

    /** The maximum number of cached topics. */
    static final int MAX_TOPICS = 4096;

    /** The maximum sum of the cached audiences of all topics. A single topic may exceed it. */
    static final int MAX_CACHED_AUDIENCES = 1 << 20;

    /**
     * Removed audiences are deleted from the whole cache after this many removals, or after as many as there are
     * audiences, if that is more.
     */
    static final int MAX_CLOSED = 1024;

    private final PatternIndex index = new PatternIndex();
    private final Map<Topic, CachedAudiences> byTopic = new LinkedHashMap<>(16, 0.75f, true); // in access order
    private long openedCount; // audiences ever added; also the number of the newest one
    private long closedCount; // audiences ever removed
    private long closedAtLastSweep; // closedCount when the whole cache was last cleaned
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
     * Returns the audiences that select the topic by a pattern. The list belongs to the cache and changes with it:
     * callers must not store it.
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

    /** Returns the sum of the cached audiences of all topics. */
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

    /** Evicts the least recently used topics from the cache while it exceeds a limit, but never the most recent one. */
    private void evictOldest() {
        Iterator<CachedAudiences> oldest = byTopic.values().iterator();
        for (int topics = byTopic.size();
                topics > 1 && (topics > MAX_TOPICS || cachedCount > MAX_CACHED_AUDIENCES);
                topics--) {
            cachedCount -= oldest.next().audiences.size();
            oldest.remove();
        }
    }

    /** The cached audiences of one topic, and the values of the counters when they were last updated. */
    private static final class CachedAudiences {

        private final List<Audience> audiences = new ArrayList<>();
        private long openedCount;
        private long closedCount;
    }
}
