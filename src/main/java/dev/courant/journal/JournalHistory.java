package dev.courant.journal;

import courant.shaded.h2.mvstore.MVStoreException;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.History;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** All that a journal keeps, read from its file. */
final class JournalHistory implements History {

    private static final Logger LOG = System.getLogger(JournalHistory.class.getName());

    /** Of more, their places are not put in order: most of what is stored is theirs. */
    private static final int MOST_TOPICS = 256;

    /** So many events are looked at in one go, whether they are for the reader or not. */
    private static final int MOST_STEPS = 5000;

    private final JournalFile file;
    private final LongSupplier head;
    private final JournalClocks clocks;
    private volatile long floor;
    private volatile boolean damaged; // the floor is that of every topic

    /** @param head what is beyond it is not to be read yet */
    JournalHistory(JournalFile file, LongSupplier head, JournalClocks clocks) {
        this.file = file;
        this.head = head;
        this.clocks = clocks;
        floor = file.maps().floor();
    }

    /** Something is about to go, up to here. */
    void raise(long gone) {
        floor = Math.max(floor, gone);
    }

    /** Of what is stored up to here, something is gone that nobody knows of. */
    void giveUp(long upTo) {
        damaged = true;
        raise(upTo);
    }

    @Override
    public long floor() {
        return floor;
    }

    @Override
    public long floor(TopicSelection selection, long from) {
        long most = floor;
        if (most <= from || damaged || !selection.isExact()) {
            return Math.max(from, most);
        }
        return Math.max(from, read(maps -> floor(maps, selection), most));
    }

    private static long floor(Tables maps, TopicSelection selection) {
        long floor = 0;
        for (Topic topic : selection.topics()) {
            Tables.TopicRow row = maps.topic(topic.name());
            floor = Math.max(floor, row == null ? maps.forgotten() : row.floor());
        }
        return floor;
    }

    @Override
    public OptionalLong find(String publishedId, TopicSelection reader) {
        return read(maps -> find(maps, publishedId, reader), OptionalLong.empty());
    }

    private OptionalLong find(Tables maps, String publishedId, TopicSelection reader) {
        long[] id = maps.ids.get(publishedId);
        if (id == null || (id[2] & JournalContents.SOME_EVICTED) != 0) {
            return OptionalLong.empty();
        }
        return LongStream.concat(LongStream.of(id[0]), Arrays.stream(id).skip(3))
                .filter(offset ->
                        offset <= head.getAsLong() && isReadable(maps.events.get(offset), publishedId, reader))
                .findFirst();
    }

    private static boolean isReadable(byte @Nullable [] event, String publishedId, TopicSelection reader) {
        LogEntry entry = event == null ? null : StoredEvent.read(event).entry(0, 0);
        return entry != null && publishedId.equals(entry.publishedId()) && entry.isReadableBy(reader);
    }

    @Override
    public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
        long last = Math.min(upTo, head.getAsLong());
        if (last <= after) {
            return new LogRange(List.of(), upTo);
        }
        return read(
                maps -> read(walk(maps, selection, after + 1, last), selection, upTo, bytes),
                new LogRange(List.of(), upTo));
    }

    private static LogRange read(StoredEventIterator walk, TopicSelection selection, long upTo, int bytes) {
        List<LogEntry> entries = new ArrayList<>();
        int read = 0;
        for (int steps = 1; walk.next(); steps++) {
            LogEntry entry = walk.entry();
            if (entry != null && entry.isSelectedBy(selection)) {
                entries.add(entry);
                read += entry.frame().length;
            }
            if (read >= bytes || steps == MOST_STEPS) {
                return new LogRange(entries, walk.offset());
            }
        }
        return new LogRange(entries, upTo);
    }

    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        long last = head.getAsLong();
        return last <= after
                ? after
                : read(maps -> within(walk(maps, selection, last, after + 1), selection, after, limit), after);
    }

    private static long within(StoredEventIterator walk, TopicSelection selection, long after, ReplayLimit limit) {
        ReplayLimit.Counter counter = new ReplayLimit.Counter(limit);
        while (walk.next()) {
            int length = walk.length(selection);
            if (length >= 0 && counter.isExceededBy(length)) {
                return walk.offset();
            }
        }
        return after;
    }

    /** By the places of the topics, unless that costs more than to look at every event. */
    private StoredEventIterator walk(Tables maps, TopicSelection selection, long from, long to) {
        List<Long> topics = topics(maps, selection, Math.abs(to - from) + 1);
        return topics == null
                ? new EventIterator(maps, from, to, clocks)
                : new TopicOffsetIterator(maps, topics, from, to, clocks);
    }

    private static @Nullable List<Long> topics(Tables maps, TopicSelection selection, long events) {
        if (selection.topics().size() > MOST_TOPICS || (!selection.isExact() && maps.topics.sizeAsLong() > events)) {
            return null;
        }
        List<Long> numbers = new ArrayList<>();
        for (Topic topic : selection.topics()) {
            Tables.TopicRow row = maps.topic(topic.name());
            if (row != null) {
                numbers.add(row.number());
            }
        }
        if (!selection.isExact()) {
            Iterator<String> names = maps.topics.keyIterator(null);
            while (names.hasNext() && numbers.size() <= MOST_TOPICS) {
                Topic topic = new Topic(names.next());
                Tables.TopicRow row = selection.selectsByPattern(topic) ? maps.topic(topic.name()) : null;
                if (row != null && !selection.topics().contains(topic)) {
                    numbers.add(row.number());
                }
            }
        }
        return numbers.size() > MOST_TOPICS ? null : numbers;
    }

    /** Of what is damaged nothing is known: all that is older than now is given up, which the floor says from then on. */
    private <T> T read(Function<Tables, T> reading, T otherwise) {
        long before = head.getAsLong();
        try {
            return file.read(reading);
        } catch (MVStoreException unreadable) {
            if (!ChecksummedBlocks.DamagedException.isCauseOf(unreadable)) {
                throw new LogUnavailableException("The journal cannot be read now.", unreadable);
            }
            LOG.log(
                    Level.WARNING,
                    "The journal cannot be read ({0}): what is older than event {1,number,#} and not in memory is given up",
                    unreadable.getMessage(),
                    before);
            giveUp(before);
            return otherwise;
        }
    }
}
