package dev.courant.journal;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.History;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The events in the segments of a journal. */
final class JournalHistory implements History {

    private static final Logger LOG = System.getLogger(JournalHistory.class.getName());

    /** The maximum number of events that one call reads, selected or not. */
    private static final int MAX_STEPS = 5000;

    /** The maximum number of events with the same id that are compared with the rights of a reader. */
    private static final int MAX_SAME_ID = 100;

    private static final SegmentIndex NOTHING = new GrowingIndex(SegmentSummary.empty(0, 0));

    private final SegmentList segments;
    private final LongSupplier head;
    private final JournalClocks clocks;

    /** @param head events after it are not visible yet */
    JournalHistory(SegmentList segments, LongSupplier head, JournalClocks clocks) {
        this.segments = segments;
        this.head = head;
        this.clocks = clocks;
    }

    @Override
    public long floor() {
        return segments.floor();
    }

    @Override
    public long floor(TopicSelection selection, long from) {
        long evicted = segments.floor();
        long floor = Math.max(from, segments.lost());
        if (evicted <= floor) {
            return floor;
        }
        if (!selection.isExact()) {
            return evicted;
        }
        for (Topic topic : selection.topics()) {
            floor = Math.max(floor, Math.min(evicted, previous(topic, evicted)));
        }
        return floor;
    }

    private long previous(Topic topic, long otherwise) {
        for (Segment segment : segments.find(0, head.getAsLong())) {
            PostingList list = index(segment).find(SegmentIndex.topicTerm(topic.name()));
            if (list != null) {
                return list.previous();
            }
        }
        return otherwise;
    }

    @Override
    public OptionalLong find(String publishedId, TopicSelection reader) {
        boolean first = true;
        int steps = 0;
        for (Segment segment : segments.find(0, head.getAsLong())) {
            PostingList list = index(segment).find(SegmentIndex.idTerm(publishedId));
            if (list == null) {
                continue;
            }
            if (first && list.previous() > 0) {
                return OptionalLong.empty(); // the earliest was evicted
            }
            first = false;
            long end = segments.lastOffset(segment, head.getAsLong());
            for (long at = list.ceiling(segment.base()); at <= end; at = list.ceiling(at + 1)) {
                LogEntry entry = ++steps > MAX_SAME_ID ? null : read(segment, at);
                if (entry == null) {
                    return OptionalLong.empty();
                }
                if (publishedId.equals(entry.publishedId()) && entry.isReadableBy(reader)) {
                    return OptionalLong.of(at);
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public @Nullable LogEntry findEnd(Topic topic) {
        long last = head.getAsLong();
        for (Segment segment : segments.find(last, 0)) {
            boolean hasEnds = segment.summary().newestEnd() > 0; // otherwise its index stays on the disk
            PostingList list = hasEnds ? index(segment).find(SegmentIndex.endTerm(topic.name())) : null;
            long found = list == null ? -1 : list.floor(segments.lastOffset(segment, last));
            if (found >= segment.base()) {
                return read(segment, found);
            }
        }
        return null;
    }

    @Override
    public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
        List<LogEntry> entries = new ArrayList<>();
        long last = Math.min(upTo, head.getAsLong());
        int read = 0;
        int steps = 0;
        for (Segment segment : last <= after ? List.<Segment>of() : segments.find(after + 1, last)) {
            List<PostingList> lists = index(segment).select(selection);
            long end = segments.lastOffset(segment, last);
            long at = ceiling(lists, Math.max(segment.base(), after + 1));
            for (; at <= end; at = ceiling(lists, at + 1)) {
                LogEntry entry = read(segment, at);
                if (entry != null && entry.isSelectedBy(selection)) {
                    entries.add(entry);
                    read += entry.frame().length;
                }
                if (read >= bytes || ++steps == MAX_STEPS) {
                    return new LogRange(entries, at);
                }
            }
        }
        return new LogRange(entries, upTo);
    }

    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        ReplayLimit.Counter counter = new ReplayLimit.Counter(limit);
        long last = head.getAsLong();
        for (Segment segment : last <= after ? List.<Segment>of() : segments.find(last, after + 1)) {
            List<PostingList> lists = index(segment).select(selection);
            long least = Math.max(segment.base(), after + 1);
            long at = floor(lists, segments.lastOffset(segment, last));
            for (; at >= least; at = floor(lists, at - 1)) {
                LogEntry entry = read(segment, at);
                if (entry != null && entry.isSelectedBy(selection) && counter.isExceededBy(entry)) {
                    return at;
                }
            }
        }
        return after;
    }

    /** Returns the first offset in one of the lists that is not less than one, or {@link Long#MAX_VALUE}. */
    private static long ceiling(@Nullable List<PostingList> lists, long offset) {
        long first = lists == null ? offset : Long.MAX_VALUE;
        for (int i = 0; lists != null && i < lists.size(); i++) {
            first = Math.min(first, lists.get(i).ceiling(offset));
        }
        return first;
    }

    /** Returns the last offset in one of the lists that is not greater than one, or -1. */
    private static long floor(@Nullable List<PostingList> lists, long offset) {
        long last = lists == null ? offset : -1;
        for (int i = 0; lists != null && i < lists.size(); i++) {
            last = Math.max(last, lists.get(i).floor(offset));
        }
        return last;
    }

    private SegmentIndex index(Segment segment) {
        try {
            return segment.index();
        } catch (IOException failed) {
            if (segment.isDeleted()) {
                return NOTHING;
            }
            throw new LogUnavailableException("The journal cannot be read now.", failed);
        }
    }

    private @Nullable LogEntry read(Segment segment, long offset) {
        try {
            StoredEvent event = segment.read(offset);
            if (event == null && offset > segments.synced()) { // a failed sync dropped it; it is written again soon
                throw new LogUnavailableException("The journal cannot be read now.");
            }
            if (event == null && !segment.isDeleted() && segments.lost() < offset) {
                LOG.log(
                        Level.WARNING,
                        "Event {0,number,#} of the journal is damaged. Clients receive a gap event",
                        offset);
                segments.addLost(offset);
            }
            return event == null ? null : event.entry(clocks);
        } catch (IOException failed) {
            throw new LogUnavailableException("The journal cannot be read now.", failed);
        }
    }
}
