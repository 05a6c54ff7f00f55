package dev.courant.log;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all topics, and the eviction according to {@link RetentionBounds}. One thread at a time, the writer,
 * may add and evict; reads are thread-safe. A topic without entries uses no memory.
 */
final class TopicWindows {

    private static final long MIN_NAME_BYTES = 1 << 20; // see maxNameBytes
    /** Smaller shares of the bounds count as equal, see {@link RetentionBounds}. */
    private static final double MIN_SHARE = 0.001;

    private final RetentionBounds bounds;
    private final long maxAgeNanos;
    private final long maxNameBytes; // a quarter of the limit on frames, but no less than MIN_NAME_BYTES
    private final Consumer<LogEntry> onEvicted;
    private final Map<Topic, TopicWindow> byTopic = new ConcurrentHashMap<>();
    private final TreeSet<TopicWindow> byShare; // used by the writer only, which removes a window before it changes it
    private int events;
    private long bytes;
    private long nameBytes; // of the topics that have a window, and of publishers' ids
    private long oldestStoredAt; // no later than storedAt of any retained entry; nanoseconds on the log's clock
    private volatile long evictedUpTo; // no entry after this offset was evicted
    private volatile long removedTopicsFloor; // entries of topics without a window may have been evicted up to here

    /** @param onEvicted called with each entry that no topic retains any more */
    TopicWindows(RetentionBounds bounds, Consumer<LogEntry> onEvicted) {
        this.bounds = bounds;
        this.onEvicted = onEvicted;
        maxAgeNanos = bounds.maxAgeNanos();
        maxNameBytes = Math.max(MIN_NAME_BYTES, bounds.whole().maxBytes() / 4);
        byShare = new TreeSet<>(this::compareShares);
    }

    /** Orders windows by share, then by the age of the oldest entry. Their names make all windows distinct. */
    private int compareShares(TopicWindow one, TopicWindow other) {
        int order = Double.compare(shareOf(one), shareOf(other));
        if (order == 0) {
            order = Long.compare(other.oldest().offset(), one.oldest().offset());
        }
        return order != 0 ? order : one.topic.name().compareTo(other.topic.name());
    }

    // ---- used by the writer only ----

    /** Adds the newest entry to each of its topics, whatever its size, then evicts older entries. */
    void add(LogEntry entry) {
        if (events == 0) {
            oldestStoredAt = entry.storedAt();
        }
        nameBytes += sizeOf(entry.publishedId());
        for (Topic topic : entry.topics()) {
            add(topic, entry);
        }
        TopicWindow largest = largestWithout(entry);
        while (largest != null && isOverfull()) {
            byShare.remove(largest);
            evictOldest(largest);
            reinsertOrDrop(largest);
            largest = largestWithout(entry);
        }
    }

    private void add(Topic topic, LogEntry entry) {
        TopicWindow window = byTopic.get(topic);
        if (window == null) {
            window = new TopicWindow(topic, removedTopicsFloor);
            byTopic.put(topic, window);
            nameBytes += sizeOf(topic.name());
        } else {
            byShare.remove(window);
        }
        window.add(entry);
        events++;
        bytes += entry.frame().length;
        WindowBounds max = bounds.topic();
        while (window.size() > 1
                && (window.size() > max.maxEvents()
                        || window.bytes > max.maxBytes()
                        || isExpired(window, entry.storedAt()))) {
            evictOldest(window);
        }
        byShare.add(window);
    }

    private boolean isOverfull() {
        return events > bounds.whole().maxEvents() || bytes > bounds.whole().maxBytes() || nameBytes > maxNameBytes;
    }

    private static int sizeOf(@Nullable String name) {
        return name == null ? 0 : 2 * name.length();
    }

    /** Returns the same topics, as the objects that the windows already contain, to save memory. */
    List<Topic> shareTopics(List<Topic> topics) {
        if (topics.size() == 1) {
            TopicWindow window = byTopic.get(topics.get(0));
            return window == null ? topics : window.asList;
        }
        return topics.stream()
                .map(topic -> {
                    TopicWindow window = byTopic.get(topic);
                    return window == null ? topic : window.topic;
                })
                .toList();
    }

    void evictExpired(long now) {
        if (events == 0 || now - oldestStoredAt <= maxAgeNanos) {
            return;
        }
        oldestStoredAt = now;
        for (TopicWindow window : List.copyOf(byTopic.values())) {
            if (isExpired(window, now)) {
                byShare.remove(window);
                while (window.size() > 0 && isExpired(window, now)) {
                    evictOldest(window);
                }
                reinsertOrDrop(window);
            }
            if (window.size() > 0) {
                long at = window.oldest().storedAt();
                oldestStoredAt = at - oldestStoredAt < 0 ? at : oldestStoredAt; // the clock may overflow
            }
        }
    }

    /** Evicts all entries, and raises the floor of all topics to an offset. */
    void clear(long upTo) {
        for (TopicWindow window : List.copyOf(byTopic.values())) {
            byShare.remove(window);
            while (window.size() > 0) {
                evictOldest(window);
            }
            reinsertOrDrop(window);
        }
        evictedUpTo = Math.max(evictedUpTo, upTo);
        removedTopicsFloor = Math.max(removedTopicsFloor, upTo);
    }

    private @Nullable TopicWindow largestWithout(LogEntry newest) {
        TopicWindow largest = byShare.last();
        while (largest != null && largest.oldest().offset() == newest.offset()) {
            largest = byShare.lower(largest);
        }
        return largest;
    }

    private boolean isExpired(TopicWindow window, long now) {
        return now - window.oldest().storedAt() > maxAgeNanos;
    }

    private double shareOf(TopicWindow window) {
        double share = Math.max(
                (double) window.size() / bounds.whole().maxEvents(),
                (double) window.bytes / bounds.whole().maxBytes());
        return Math.max(share, MIN_SHARE);
    }

    private void evictOldest(TopicWindow window) {
        // Set before the removal, so that a reader that misses the entry sees it.
        evictedUpTo = Math.max(evictedUpTo, window.oldest().offset());
        LogEntry removed = window.removeOldest();
        events--;
        bytes -= removed.frame().length;
        if (!isRetained(removed)) {
            nameBytes -= sizeOf(removed.publishedId());
            onEvicted.accept(removed);
        }
    }

    /** Returns whether another topic retains the entry. */
    private boolean isRetained(LogEntry entry) {
        for (Topic topic : entry.topics()) {
            TopicWindow window = byTopic.get(topic);
            if (window != null && window.floor() < entry.offset()) {
                return true;
            }
        }
        return false;
    }

    private void reinsertOrDrop(TopicWindow window) {
        if (window.size() > 0) {
            byShare.add(window);
        } else {
            // Set before the removal, so that a reader that finds no window sees it.
            removedTopicsFloor = Math.max(removedTopicsFloor, window.floor());
            byTopic.remove(window.topic);
            nameBytes -= sizeOf(window.topic.name());
        }
    }

    // ---- thread-safe ----

    /** Returns the floor, like {@link EventLog#floor}. */
    long floor(TopicSelection selection, long from) {
        long floor = from;
        if (evictedUpTo <= from) {
            return floor;
        }
        for (Topic topic : selection.topics()) {
            TopicWindow window = byTopic.get(topic);
            floor = Math.max(floor, window == null ? removedTopicsFloor : window.floor());
        }
        if (!selection.isExact()) {
            for (TopicWindow window : byTopic.values()) {
                if (window.floor() > floor && selection.selectsByPattern(window.topic)) {
                    floor = window.floor();
                }
            }
            // Read after the windows, so that it includes the topics that were removed during the iteration.
            floor = Math.max(floor, removedTopicsFloor);
        }
        return floor;
    }

    /** Returns the windows of the selected topics that have an entry after an offset. A window may occur twice. */
    Stream<TopicWindow> findSelected(TopicSelection selection, long after) {
        Stream<TopicWindow> named = selection.topics().stream()
                .map(byTopic::get)
                .filter(window -> window != null && window.hasEntryAfter(after));
        if (selection.isExact()) {
            return named;
        }
        return Stream.concat(
                named,
                byTopic.values().stream()
                        .filter(window -> window.hasEntryAfter(after) && selection.selectsByPattern(window.topic)));
    }

    @Nullable
    TopicWindow find(Topic topic) {
        return byTopic.get(topic);
    }

    int countTopics() {
        return byTopic.size();
    }
}
