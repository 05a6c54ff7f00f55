package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.event.Topic;
import dev.courant.log.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to the {@link Tables} and removes them. Readers are there meanwhile, so what says that something is gone is
 * changed before it goes.
 */
final class JournalContents {

    private static final int MOST_AT_ONCE = 1000;
    private static final int MAX_SAME_ID = 100;

    /** Flags of an id: an event with it was evicted; all events whose offsets are listed are private. */
    static final int SOME_EVICTED = 1;

    private static final int ALL_PRIVATE = 2;

    private final Tables maps;
    private final LongConsumer floor;

    /** @param floor told, before anything is removed, up to which offset something is */
    JournalContents(Tables maps, LongConsumer floor) {
        this.maps = maps;
        this.floor = floor;
    }

    void add(LogEntry entry, StoredEvent stored) {
        byte[] bytes = stored.bytes();
        maps.events.put(entry.offset(), bytes);
        maps.addBytes(bytes.length);
        int size = entry.frame().length * 2 + (entry.restricted() ? 1 : 0);
        for (Topic topic : entry.topics()) {
            maps.places.put(new TopicOffset(maps.newTopic(topic.name()).number(), entry.offset()), size);
        }
        if (stored.once() != null) {
            maps.keys.put(entry.offset(), new StoredKey(stored.millis(), stored.once()).text());
        }
        if (entry.publishedId() != null) {
            maps.ids.put(entry.publishedId(), addOffset(maps.ids.get(entry.publishedId()), entry));
        }
    }

    /** Each reader finds the earliest event that it may read, so no offset is listed after that of a public event. */
    private static long[] addOffset(long @Nullable [] before, LogEntry entry) {
        long listing = entry.restricted() ? ALL_PRIVATE : 0;
        if (before == null) {
            return new long[] {entry.offset(), 1, listing};
        }
        boolean listed = before[2] == ALL_PRIVATE && before.length < MAX_SAME_ID;
        long[] after = Arrays.copyOf(before, listed ? before.length + 1 : before.length);
        after[1]++;
        if (listed) {
            after[before.length] = entry.offset();
            after[2] = listing;
        }
        return after;
    }

    /**
     * Lets go of the oldest events.
     *
     * @param events so many,
     * @param bytes and so many bytes of them, but {@link #MOST_AT_ONCE} events at the most
     * @param storedBefore in milliseconds; younger ones stay
     * @return how many
     */
    int removeOldest(long events, long bytes, long storedBefore) {
        Map<Long, StoredEvent> gone = new HashMap<>();
        Map<String, Long> floors = new HashMap<>();
        long last = 0;
        Cursor<Long, byte[]> oldest = maps.events.cursor(null);
        long left = bytes;
        while ((gone.size() < events || left > 0) && gone.size() < MOST_AT_ONCE && oldest.hasNext()) {
            long offset = oldest.next();
            left -= oldest.getValue().length;
            StoredEvent stored = StoredEvent.read(oldest.getValue());
            if (stored.millis() >= storedBefore) {
                break;
            }
            gone.put(offset, stored);
            stored.topics().forEach(topic -> floors.put(topic.name(), offset));
            last = offset;
        }
        if (gone.isEmpty()) {
            return 0;
        }
        maps.setFloor(last);
        floors.forEach(this::raise);
        floor.accept(last);
        gone.forEach((offset, stored) -> remove(offset, stored, true));
        floors.forEach(this::forgetIfEmpty);
        return gone.size();
    }

    /** Forgets keys that were stored before then. */
    int removeKeys(long storedBefore) {
        List<Long> old = new ArrayList<>();
        Cursor<Long, String> oldest = maps.keys.cursor(null);
        while (old.size() < MOST_AT_ONCE && oldest.hasNext()) {
            long offset = oldest.next();
            if (StoredKey.read(oldest.getValue()).millis() >= storedBefore) {
                break;
            }
            old.add(offset);
        }
        old.forEach(maps.keys::remove);
        return old.size();
    }

    /** Takes back all that follows an offset: it was stored, but nobody was told. */
    void removeAfter(long head) {
        List<Long> beyond = new ArrayList<>();
        maps.events.cursor(head + 1).forEachRemaining(beyond::add);
        for (long offset : beyond) {
            byte[] bytes = maps.events.get(offset);
            if (bytes != null) {
                StoredEvent stored = StoredEvent.read(bytes);
                remove(offset, stored, false);
                stored.topics().forEach(topic -> forgetIfEmpty(topic.name(), 0));
            }
        }
    }

    private void raise(String topic, long floor) {
        maps.put(topic, new Tables.TopicRow(maps.newTopic(topic).number(), floor));
    }

    private void remove(long offset, StoredEvent stored, boolean some) {
        for (Topic topic : stored.topics()) {
            maps.places.remove(new TopicOffset(maps.newTopic(topic.name()).number(), offset));
        }
        if (!some) {
            maps.keys.remove(offset); // others are remembered longer than their events
        }
        long[] id = stored.publishedId() == null ? null : maps.ids.get(stored.publishedId());
        if (id != null && id[1] == 1) {
            maps.ids.remove(stored.publishedId());
        } else if (id != null) {
            long[] rest = id.clone();
            rest[1]--;
            rest[2] |= some ? SOME_EVICTED : 0;
            maps.ids.put(stored.publishedId(), rest);
        }
        byte[] bytes = maps.events.remove(offset);
        maps.addBytes(bytes == null ? 0 : -bytes.length);
    }

    private void forgetIfEmpty(String topic, long floor) {
        Tables.TopicRow row = maps.topic(topic);
        if (row == null) {
            return;
        }
        TopicOffset next = maps.places.ceilingKey(new TopicOffset(row.number(), 0));
        if (next == null || next.topic() != row.number()) {
            maps.setForgotten(Math.max(maps.forgotten(), Math.max(floor, row.floor())));
            maps.topics.remove(topic);
        }
    }
}
