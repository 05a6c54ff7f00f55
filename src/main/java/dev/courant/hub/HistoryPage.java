package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page of retained events.
 *
 * @param events the oldest first
 * @param lastEventId the id after which the next page, or a stream, continues; {@link Event#EARLIEST} if no event precedes
 * @param hasMore whether later events were retained when the page was read
 * @param missing whether the page is empty because events after the requested id are missing, or the id is unknown
 */
public record HistoryPage(List<LogEntry> events, String lastEventId, boolean hasMore, boolean missing) {

    /** The size at which a page takes no more events. Its last event may exceed it. */
    static final int MAX_BYTES = 256 * 1024;

    /** The time after which a page takes no more events. With Kafka, the events of a rare topic may be far apart. */
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

    /** Reads a page; may wait. The parameters are those of {@link Hub#readHistory}. */
    static HistoryPage read(
            EventLog log, TopicSelection selection, @Nullable String after, ReplayLimit limit, LongSupplier nanoTime) {
        long head = log.awaitAcknowledgedHead();
        boolean fromId = after != null && !after.equals(Event.EARLIEST);
        OptionalLong start = findStart(log, selection, after, limit);
        if (start.isEmpty() || (fromId && !log.canReplayFrom(selection, start.getAsLong()))) {
            return new HistoryPage(List.of(), String.valueOf(after), false, true);
        }
        long deadline = nanoTime.getAsLong() + MAX_NANOS;
        List<LogEntry> events = new ArrayList<>();
        long position = start.getAsLong();
        long bytes = 0;
        boolean full = false;
        while (position < head && !full) {
            LogRange range = log.readRetained(selection, position, head, MAX_BYTES);
            long covered = Math.max(range.upTo(), position + 1);
            for (LogEntry entry : range.entries()) {
                if (!full) {
                    events.add(entry);
                    bytes += estimateSize(entry);
                    full = bytes >= MAX_BYTES || events.size() >= limit.maxEvents();
                    covered = full ? entry.offset() : covered;
                }
            }
            position = covered;
            full |= nanoTime.getAsLong() - deadline > 0;
        }
        // Check after the reads: events that are retained now were retained during the reads.
        if (fromId && !log.canReplayFrom(selection, start.getAsLong())) {
            return new HistoryPage(List.of(), String.valueOf(after), false, true);
        }
        LogRange rest = log.readRetained(selection, position, Math.max(position, head), 1);
        boolean hasMore = !rest.entries().isEmpty() || rest.upTo() < head;
        long last = hasMore || events.isEmpty()
                ? position
                : events.get(events.size() - 1).offset();
        String id = events.isEmpty() && !hasMore
                ? firstId(log, after, start.getAsLong())
                : log.idOf(last).toString();
        return new HistoryPage(List.copyOf(events), id, hasMore, false);
    }

    private static OptionalLong findStart(
            EventLog log, TopicSelection selection, @Nullable String after, ReplayLimit limit) {
        if (after == null) {
            return OptionalLong.of(log.findNewest(selection, limit).after());
        }
        return after.equals(Event.EARLIEST) ? OptionalLong.of(0) : log.find(after, selection);
    }

    /** Returns the id after which an empty page continues. It does not depend on the events of other topics. */
    private static String firstId(EventLog log, @Nullable String after, long start) {
        if (after != null) {
            return after;
        }
        return start == 0 ? Event.EARLIEST : log.idOf(start).toString();
    }

    private static long estimateSize(LogEntry entry) {
        long names = 0;
        for (Topic topic : entry.topics()) {
            names += topic.name().length();
        }
        return entry.frame().length + 3 * names + 100;
    }
}
