package dev.courant.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was published to a topic, in order: an event's position is 1 for the first. What was sent but never acknowledged
 * may arrive or not: neither is a fault.
 */
public final class Published {

    private final Map<Long, Integer> positions = new HashMap<>();
    private final Map<Integer, Long> sequences = new HashMap<>();
    private final BitSet acknowledged = new BitSet();

    /** By epoch, the position of each offset. Ids of other topics lie between those of this one. */
    private final Map<String, TreeMap<Long, Integer>> ids = new HashMap<>();

    private int count;

    /** @param id as the server gave it, {@code <epoch>-<offset>}, if it did */
    public void acknowledged(long sequence, @Nullable String id) {
        add(sequence);
        acknowledged.set(count);
        int dash = dash(id);
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

    /** Where an event stands; 0 if there is none such. */
    public int position(long sequence) {
        return positions.getOrDefault(sequence, 0);
    }

    long sequence(int position) {
        return sequences.getOrDefault(position, 0L);
    }

    /** How many events stand up to and at an id, which need not be one of this topic; -1 if its epoch is not known. */
    int upTo(String id) {
        int dash = dash(id);
        TreeMap<Long, Integer> epoch = dash < 0 ? null : ids.get(id.substring(0, dash));
        if (epoch == null) {
            return -1;
        }
        Map.Entry<Long, Integer> floor = epoch.floorEntry(Long.valueOf(id.substring(dash + 1)));
        // Before the first of an epoch is after the last of the epoch before it.
        return floor == null ? epoch.firstEntry().getValue() - 1 : floor.getValue();
    }

    int acknowledgedWithin(int from, int to) {
        return from > to ? 0 : acknowledged.get(from, to + 1).cardinality();
    }

    /** The first that was acknowledged, at a position or after it. */
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

    private static int dash(@Nullable String id) {
        return id != null && id.matches("[a-z0-9]+-[0-9]{1,18}") ? id.lastIndexOf('-') : -1;
    }
}
