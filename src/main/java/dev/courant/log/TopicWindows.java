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
 * The windows of all topics, and what makes room in them: {@link EvictionPolicy}. One thread at a time adds and lets go; any
 * number read meanwhile. A topic costs nothing until it is used, and is forgotten with its last entry.
 */
final class TopicWindows {

    /** Names take heap beside the frames: a quarter of what these may take, and this at least. */
    private static final long LEAST_NAME_BYTES = 1 << 20;
    /** Topics with a smaller share than this count as equal: the oldest event of them all makes room. */
    private static final double MIN_SHARE = 0.001;

    private final EvictionPolicy retention;
    private final long maxAgeNanos;
    private final long maxNameBytes;
    private final Consumer<LogEntry> onGone;
    private final Map<Topic, TopicWindow> byTopic = new ConcurrentHashMap<>();
    private final TreeSet<TopicWindow> byShare; // the writer's; a window is out of it while it changes
    private int events;
    private long bytes;
    private long nameBytes; // of the topics that have a window and of the ids that publishers chose
    private long oldestAt; // nothing held was stored before, on the log's clock
    private volatile long gone; // what was let go of came up to here
    private volatile long forgotten; // everything up to here, of topics without a window, may be gone

    /** @param onGone told of each entry that is let go of */
    TopicWindows(EvictionPolicy retention, Consumer<LogEntry> onGone) {
        this.retention = retention;
        this.onGone = onGone;
        maxAgeNanos = retention.maxAgeNanos();
        maxNameBytes = Math.max(LEAST_NAME_BYTES, retention.whole().maxBytes() / 4);
        byShare = new TreeSet<>(this::compare);
    }

    /**
     * Of equal shares the one with the oldest entry comes last, where room is made first. No two windows are equal: an
     * entry may be the oldest of several, and none of them must be taken for another.
     */
    private int compare(TopicWindow one, TopicWindow other) {
        int order = Double.compare(share(one), share(other));
        if (order == 0) {
            order = Long.compare(other.oldest().offset(), one.oldest().offset());
        }
        return order != 0 ? order : one.topic.name().compareTo(other.topic.name());
    }

    // ---- the writer's ----

    /** Adds the newest entry to each of its topics, which is kept whatever its size, and makes room for it. */
    void add(LogEntry entry) {
        if (events == 0) {
            oldestAt = entry.storedAt();
        }
        nameBytes += bytesOf(entry.publishedId());
        for (Topic topic : entry.topics()) {
            add(topic, entry);
        }
        TopicWindow largest = largestBut(entry);
        while (largest != null && isOverfull()) {
            byShare.remove(largest);
            remove(largest);
            keep(largest);
            largest = largestBut(entry);
        }
    }

    private void add(Topic topic, LogEntry entry) {
        TopicWindow window = byTopic.get(topic);
        if (window == null) {
            window = new TopicWindow(topic, forgotten);
            byTopic.put(topic, window);
            nameBytes += bytesOf(topic.name());
        } else {
            byShare.remove(window);
        }
        window.add(entry);
        events++;
        bytes += entry.frame().length;
        WindowBounds most = retention.topic();
        while (window.size() > 1
                && (window.size() > most.maxEvents()
                        || window.bytes > most.maxBytes()
                        || expired(window, entry.storedAt()))) {
            remove(window);
        }
        byShare.add(window);
    }

    private boolean isOverfull() {
        return events > retention.whole().maxEvents()
                || bytes > retention.whole().maxBytes()
                || nameBytes > maxNameBytes;
    }

    private static int bytesOf(@Nullable String name) {
        return name == null ? 0 : 2 * name.length();
    }

    /** The same topics, of which no second copy is held. */
    List<Topic> shared(List<Topic> topics) {
        if (topics.size() == 1) {
            TopicWindow window = byTopic.get(topics.get(0));
            return window == null ? topics : window.alone;
        }
        return topics.stream()
                .map(topic -> {
                    TopicWindow window = byTopic.get(topic);
                    return window == null ? topic : window.topic;
                })
                .toList();
    }

    /** Lets go of all that is past its age. */
    void expire(long now) {
        if (events == 0 || now - oldestAt <= maxAgeNanos) {
            return;
        }
        oldestAt = now;
        for (TopicWindow window : List.copyOf(byTopic.values())) {
            if (expired(window, now)) {
                byShare.remove(window);
                while (window.size() > 0 && expired(window, now)) {
                    remove(window);
                }
                keep(window);
            }
            if (window.size() > 0) {
                long at = window.oldest().storedAt();
                oldestAt = at - oldestAt < 0 ? at : oldestAt; // a monotonic clock may wrap round
            }
        }
    }

    /** Lets go of all, and of what is up to an offset before it was here. */
    void lose(long upTo) {
        for (TopicWindow window : List.copyOf(byTopic.values())) {
            byShare.remove(window);
            while (window.size() > 0) {
                remove(window);
            }
            keep(window);
        }
        gone = Math.max(gone, upTo);
        forgotten = Math.max(forgotten, upTo);
    }

    private @Nullable TopicWindow largestBut(LogEntry newest) {
        TopicWindow largest = byShare.last();
        while (largest != null && largest.oldest().offset() == newest.offset()) {
            largest = byShare.lower(largest);
        }
        return largest;
    }

    private boolean expired(TopicWindow window, long now) {
        return now - window.oldest().storedAt() > maxAgeNanos;
    }

    private double share(TopicWindow window) {
        double share = Math.max(
                (double) window.size() / retention.whole().maxEvents(),
                (double) window.bytes / retention.whole().maxBytes());
        return Math.max(share, MIN_SHARE);
    }

    private void remove(TopicWindow window) {
        gone = Math.max(gone, window.oldest().offset()); // before: who misses it has to find this
        LogEntry removed = window.remove();
        events--;
        bytes -= removed.frame().length;
        if (!isHeld(removed)) {
            nameBytes -= bytesOf(removed.publishedId());
            onGone.accept(removed);
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

    private void keep(TopicWindow window) {
        if (window.size() > 0) {
            byShare.add(window);
        } else {
            forgotten = Math.max(forgotten, window.floor()); // before: who finds no window has to find this
            byTopic.remove(window.topic);
            nameBytes -= bytesOf(window.topic.name());
        }
    }

    // ---- any thread's ----

    /** As {@link EventLog#floor}. */
    long floor(TopicSelection selection, long from) {
        long floor = from;
        if (gone <= from) {
            return floor;
        }
        for (Topic topic : selection.topics()) {
            TopicWindow window = byTopic.get(topic);
            floor = Math.max(floor, window == null ? forgotten : window.floor());
        }
        if (!selection.isExact()) {
            for (TopicWindow window : byTopic.values()) {
                if (window.floor() > floor && selection.choosesByPattern(window.topic)) {
                    floor = window.floor();
                }
            }
            floor = Math.max(floor, forgotten); // after them: of a topic that was not met any more it is known by now
        }
        return floor;
    }

    /** The windows of what is selected that hold something after an offset, one of them perhaps twice. */
    Stream<TopicWindow> of(TopicSelection selection, long after) {
        Stream<TopicWindow> named = selection.topics().stream()
                .map(byTopic::get)
                .filter(window -> window != null && window.hasAfter(after));
        if (selection.isExact()) {
            return named;
        }
        return Stream.concat(
                named,
                byTopic.values().stream()
                        .filter(window -> window.hasAfter(after) && selection.choosesByPattern(window.topic)));
    }

    /** How many topics hold something. */
    int size() {
        return byTopic.size();
    }
}
