package dev.courant.log;

import dev.courant.event.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all topics, and what makes room in them: {@link Retention}. One thread at a time adds and lets go; any
 * number read meanwhile. A topic costs nothing until it is used, and is forgotten with its last entry.
 */
final class Windows {

    private final Retention retention;
    private final long maxAgeNanos;
    private final Consumer<Entry> onGone;
    private final Map<Topic, TopicWindow> byTopic = new ConcurrentHashMap<>();
    private final TreeSet<TopicWindow> byShare; // the writer's; a window is out of it while it changes
    private int events;
    private long bytes;
    private long oldestAt; // nothing held was stored before, on the log's clock
    private volatile long forgotten; // everything up to here, of topics without a window, may be gone

    /** @param onGone told of each entry that is let go of */
    Windows(Retention retention, Consumer<Entry> onGone) {
        this.retention = retention;
        this.onGone = onGone;
        maxAgeNanos = retention.maxAgeNanos();
        byShare = new TreeSet<>(this::compare);
    }

    /** Of equal shares the one with the oldest entry comes last, where room is made first. */
    private int compare(TopicWindow one, TopicWindow other) {
        int order = Double.compare(share(one), share(other));
        return order != 0
                ? order
                : Long.compare(other.oldest().offset(), one.oldest().offset());
    }

    // ---- the writer's ----

    /** Adds the newest entry, which is kept whatever its size, and makes room for it. */
    void add(Entry entry) {
        TopicWindow window = byTopic.get(entry.topic());
        if (window == null) {
            window = new TopicWindow(entry.topic(), forgotten);
            byTopic.put(entry.topic(), window);
        } else {
            byShare.remove(window);
        }
        if (events == 0) {
            oldestAt = entry.storedAt();
        }
        window.add(entry);
        events++;
        bytes += entry.frame().length;
        Window most = retention.topic();
        while (window.size() > 1
                && (window.size() > most.maxEvents()
                        || window.bytes > most.maxBytes()
                        || expired(window, entry.storedAt()))) {
            remove(window);
        }
        byShare.add(window);
        TopicWindow largest = largestBut(window);
        while (largest != null
                && (events > retention.whole().maxEvents()
                        || bytes > retention.whole().maxBytes())) {
            byShare.remove(largest);
            remove(largest);
            keep(largest);
            largest = largestBut(window);
        }
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

    private @Nullable TopicWindow largestBut(TopicWindow newest) {
        TopicWindow largest = byShare.last();
        return largest == newest && newest.size() == 1 ? byShare.lower(newest) : largest;
    }

    private boolean expired(TopicWindow window, long now) {
        return now - window.oldest().storedAt() > maxAgeNanos;
    }

    private double share(TopicWindow window) {
        return Math.max(
                (double) window.size() / retention.whole().maxEvents(),
                (double) window.bytes / retention.whole().maxBytes());
    }

    private void remove(TopicWindow window) {
        Entry gone = window.remove();
        events--;
        bytes -= gone.frame().length;
        onGone.accept(gone);
    }

    private void keep(TopicWindow window) {
        if (window.size() > 0) {
            byShare.add(window);
        } else {
            forgotten = Math.max(forgotten, window.floor()); // before: who finds no window has to find this
            byTopic.remove(window.topic);
        }
    }

    // ---- any thread's ----

    long floor(Set<Topic> topics) {
        long floor = 0;
        for (Topic topic : topics) {
            TopicWindow window = byTopic.get(topic);
            floor = Math.max(floor, window == null ? forgotten : window.floor());
        }
        return floor;
    }

    /** The windows that there are of these topics. */
    Stream<TopicWindow> of(Collection<Topic> topics) {
        return topics.stream().map(byTopic::get).filter(Objects::nonNull);
    }

    /** How many topics hold something. */
    int size() {
        return byTopic.size();
    }
}
