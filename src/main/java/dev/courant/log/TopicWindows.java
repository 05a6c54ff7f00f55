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
 * The windows of all topics, and what makes room in them: {@link RetentionBounds}. One thread at a time adds and lets go; any
 * number read meanwhile. A topic costs nothing until it is used, and is forgotten with its last entry.
 */
final class TopicWindows {

    /** Names take heap beside the frames: a quarter of what these may take, and this at least. */
    private static final long MIN_NAME_BYTES = 1 << 20;
    /** Topics with a smaller share than this count as equal: the oldest event of them all makes room. */
    private static final double MIN_SHARE = 0.001;

    private final RetentionBounds bounds;
    private final long maxAgeNanos;
    private final long maxNameBytes;
    private final Consumer<LogEntry> onEvicted;
    private final Map<Topic, TopicWindow> byTopic = new ConcurrentHashMap<>();
    private final TreeSet<TopicWindow> byShare; // the writer's; a window is out of it while it changes
    private int events;
    private long bytes;
    private long nameBytes; // of the topics that have a window and of the ids that publishers chose
    private long oldestStoredAt; // nothing held was stored before, on the log's clock
    private volatile long evictedUpTo; // what was let go of came up to here
    private volatile long removedTopicsFloor; // everything up to here, of topics without a window, may be gone

    /** @param onEvicted told of each entry that is let go of */
    TopicWindows(RetentionBounds bounds, Consumer<LogEntry> onEvicted) {
        this.bounds = bounds;
        this.onEvicted = onEvicted;
        maxAgeNanos = bounds.maxAgeNanos();
        maxNameBytes = Math.max(MIN_NAME_BYTES, bounds.whole().maxBytes() / 4);
        byShare = new TreeSet<>(this::compare);
    }

    /**
     * Of equal shares the one with the oldest entry comes last, where room is made first. No two windows are equal: an
     * entry may be the oldest of several, and none of them must be taken for another.
     */
    private int compare(TopicWindow one, TopicWindow other) {
        int order = Double.compare(shareOf(one), shareOf(other));
        if (order == 0) {
            order = Long.compare(other.oldest().offset(), one.oldest().offset());
        }
        return order != 0 ? order : one.topic.name().compareTo(other.topic.name());
    }

    // ---- the writer's ----

    /** Adds the newest entry to each of its topics, which is kept whatever its size, and makes room for it. */
    void add(LogEntry entry) {
        if (events == 0) {
            oldestStoredAt = entry.storedAt();
        }
        nameBytes += bytesOf(entry.publishedId());
        for (Topic topic : entry.topics()) {
            add(topic, entry);
        }
        TopicWindow largest = largestWithout(entry);
        while (largest != null && isOverfull()) {
            byShare.remove(largest);
            evictOldest(largest);
            reinsert(largest);
            largest = largestWithout(entry);
        }
    }

    private void add(Topic topic, LogEntry entry) {
        TopicWindow window = byTopic.get(topic);
        if (window == null) {
            window = new TopicWindow(topic, removedTopicsFloor);
            byTopic.put(topic, window);
            nameBytes += bytesOf(topic.name());
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

    private static int bytesOf(@Nullable String name) {
        return name == null ? 0 : 2 * name.length();
    }

    /** The same topics, of which no second copy is held. */
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

    /** Lets go of all that is past its age. */
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
                reinsert(window);
            }
            if (window.size() > 0) {
                long at = window.oldest().storedAt();
                oldestStoredAt = at - oldestStoredAt < 0 ? at : oldestStoredAt; // a monotonic clock may wrap round
            }
        }
    }

    /** Lets go of all, and of what is up to an offset before it was here. */
    void clear(long upTo) {
        for (TopicWindow window : List.copyOf(byTopic.values())) {
            byShare.remove(window);
            while (window.size() > 0) {
                evictOldest(window);
            }
            reinsert(window);
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
        evictedUpTo = Math.max(evictedUpTo, window.oldest().offset()); // before: who misses it has to find this
        LogEntry removed = window.removeOldest();
        events--;
        bytes -= removed.frame().length;
        if (!isHeld(removed)) {
            nameBytes -= bytesOf(removed.publishedId());
            onEvicted.accept(removed);
        }
    }

    /** By another of its topics. */
    private boolean isHeld(LogEntry entry) {
        for (Topic topic : entry.topics()) {
            TopicWindow window = byTopic.get(topic);
            if (window != null && window.floor() < entry.offset()) {
                return true;
            }
        }
        return false;
    }

    private void reinsert(TopicWindow window) {
        if (window.size() > 0) {
            byShare.add(window);
        } else {
            removedTopicsFloor =
                    Math.max(removedTopicsFloor, window.floor()); // before: who finds no window has to find this
            byTopic.remove(window.topic);
            nameBytes -= bytesOf(window.topic.name());
        }
    }

    // ---- any thread's ----

    /** As {@link EventLog#floor}. */
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
            floor = Math.max(
                    floor, removedTopicsFloor); // after them: of a topic that was not met any more it is known by now
        }
        return floor;
    }

    /** The windows of what is selected that hold something after an offset, one of them perhaps twice. */
    Stream<TopicWindow> findSelected(TopicSelection selection, long after) {
        Stream<TopicWindow> named = selection.topics().stream()
                .map(byTopic::get)
                .filter(window -> window != null && window.hasAfter(after));
        if (selection.isExact()) {
            return named;
        }
        return Stream.concat(
                named,
                byTopic.values().stream()
                        .filter(window -> window.hasAfter(after) && selection.selectsByPattern(window.topic)));
    }

    /** How many topics hold something. */
    int size() {
        return byTopic.size();
    }
}
