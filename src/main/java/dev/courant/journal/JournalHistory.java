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

    private static final SegmentIndex NOTHING = new GrowingIndex(0);

    private final Segments segments;
    private final LongSupplier head;
    private final JournalClocks clocks;

    /** @param head events after it are not visible yet */
    JournalHistory(Segments segments, LongSupplier head, JournalClocks clocks) {
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

    /** Returns the offset before which the first segment with a topic had no event of it. */
    private long previous(Topic topic, long otherwise) {
        for (Segment segment : segments.find(0, head.getAsLong())) {
            PostingList list = index(segment).find(IndexTerm.topic(topic.name()));
            if (list != null) {
                return list.previous();
            }
        }
        return otherwise;
    }

    @Override
    public OptionalLong find(String publishedId, TopicSelection reader) {
        boolean first = true;
        int left = MAX_SAME_ID;
        for (Segment segment : segments.find(0, head.getAsLong())) {
            PostingList list = index(segment).find(IndexTerm.publishedId(publishedId));
            if (list != null && first && list.previous() > 0) {
                return OptionalLong.empty(); // the earliest was evicted
            }
            long last = lastOffset(segment, head.getAsLong()) - segment.base();
            for (int i = 0; list != null && i < list.size() && list.get(i) <= last; i++) {
                long offset = segment.base() + list.get(i);
                LogEntry entry = left-- > 0 ? read(segment, offset) : null;
                if (entry == null) {
                    return OptionalLong.empty();
                }
                if (publishedId.equals(entry.publishedId()) && entry.isReadableBy(reader)) {
                    return OptionalLong.of(offset);
                }
            }
            first &= list == null;
        }
        return OptionalLong.empty();
    }

    @Override
    public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
        List<LogEntry> entries = new ArrayList<>();
        long last = Math.min(upTo, head.getAsLong());
        int read = 0;
        int steps = 0;
        for (Segment segment : last <= after ? List.<Segment>of() : segments.find(after + 1, last)) {
            List<PostingList> lists = index(segment).select(selection);
            long end = lastOffset(segment, last);
            long offset = next(segment, lists, Math.max(segment.base(), after + 1));
            while (offset <= end) {
                LogEntry entry = read(segment, offset);
                if (entry != null && entry.isSelectedBy(selection)) {
                    entries.add(entry);
                    read += entry.frame().length;
                }
                if (read >= bytes || ++steps == MAX_STEPS) {
                    return new LogRange(entries, offset);
                }
                offset = next(segment, lists, offset + 1);
            }
        }
        return new LogRange(entries, upTo);
    }

    private static long next(Segment segment, @Nullable List<PostingList> lists, long from) {
        int ordinal = (int) (from - segment.base());
        return segment.base()
                + (lists == null
                        ? ordinal
                        : lists.stream()
                                .mapToInt(list -> list.ceiling(ordinal))
                                .min()
                                .orElse(Integer.MAX_VALUE));
    }

    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        ReplayLimit.Counter counter = new ReplayLimit.Counter(limit);
        long last = head.getAsLong();
        for (Segment segment : last <= after ? List.<Segment>of() : segments.find(last, after + 1)) {
            List<PostingList> lists = index(segment).select(selection);
            long offset = previous(segment, lists, lastOffset(segment, last));
            while (offset > after && offset >= segment.base()) {
                LogEntry entry = read(segment, offset);
                if (entry != null
                        && entry.isSelectedBy(selection)
                        && counter.isExceededBy(entry.frame().length)) {
                    return offset;
                }
                offset = previous(segment, lists, offset - 1);
            }
        }
        return after;
    }

    /** Returns the last offset that is not greater than one, or one before the segment. */
    private static long previous(Segment segment, @Nullable List<PostingList> lists, long from) {
        int ordinal = (int) (from - segment.base());
        return segment.base()
                + (lists == null
                        ? ordinal
                        : lists.stream()
                                .mapToInt(list -> list.floor(ordinal))
                                .max()
                                .orElse(-1));
    }

    private long lastOffset(Segment segment, long last) {
        return Math.min(last, segments.lastOffset(segment));
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
