package dev.courant.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The published events of a topic in order. The position of the first event is 1. An event that was not acknowledged may be
 * delivered or not. Not thread-safe.
 */
public final class PublishedEvents {

    private final Map<Long, Integer> positions = new HashMap<>();
    private final Map<Integer, Long> sequences = new HashMap<>();
    private final BitSet acknowledged = new BitSet();

    /** The position of each offset by epoch. Offsets are not consecutive, since other topics share the log. */
    private final Map<String, TreeMap<Long, Integer>> ids = new HashMap<>();

    private int count;

    /** @param id the id in the server's response, {@code <epoch>-<offset>}, or null */
    public void acknowledged(long sequence, @Nullable String id) {
        add(sequence);
        acknowledged.set(count);
        int dash = findDash(id);
        if (id != null && dash >= 0) {
            ids.computeIfAbsent(id.substring(0, dash), epoch -> new TreeMap<>())
                    .put(Long.valueOf(id.substring(dash + 1)), count);
        }
    }

    public void attempted(long sequence) {
        add(sequence);
    }

    public int count() {
        return count;
    }

    /** Returns the position of an event, or 0 if it was not published. */
    public int position(long sequence) {
        return positions.getOrDefault(sequence, 0);
    }

    long sequence(int position) {
        return sequences.getOrDefault(position, 0L);
    }

    /** Returns the number of events up to an id, which may belong to another topic, or -1 if its epoch is unknown. */
    int countUpTo(String id) {
        int dash = findDash(id);
        TreeMap<Long, Integer> epoch = dash < 0 ? null : ids.get(id.substring(0, dash));
        if (epoch == null) {
            return -1;
        }
        Map.Entry<Long, Integer> floor = epoch.floorEntry(Long.valueOf(id.substring(dash + 1)));
        // An offset before the first event of an epoch is after the last event of the previous epoch.
        return floor == null ? epoch.firstEntry().getValue() - 1 : floor.getValue();
    }

    int acknowledgedWithin(int from, int to) {
        return from > to ? 0 : acknowledged.get(from, to + 1).cardinality();
    }

    /** Returns the position of the first acknowledged event from this position on. */
    int firstAcknowledged(int from) {
        return acknowledged.nextSetBit(from);
    }

    private void add(long sequence) {
        count++;
        if (positions.putIfAbsent(sequence, count) != null) {
            throw new IllegalArgumentException("sequence number " + sequence + " was published twice");
        }
        sequences.put(count, sequence);
    }

    private static int findDash(@Nullable String id) {
        return id != null && id.matches("[a-z0-9]+-[0-9]{1,18}") ? id.lastIndexOf('-') : -1;
    }
}
