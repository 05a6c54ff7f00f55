package dev.courant.log;

import dev.courant.event.EventId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The epochs that a log has had, each the name of a range of its offsets. Within the process offsets always grow; an id
 * counts within its epoch. An id beyond the end of its epoch names an event that was lost, and is not known.
 *
 * @param all one at least, in order
 */
public record EpochHistory(List<Epoch> all) {

    public EpochHistory {
        all = List.copyOf(all);
    }

    /** One, from the first offset on. */
    public static EpochHistory of(String name) {
        return new EpochHistory(List.of(new Epoch(name, 0, 0)));
    }

    /**
     * Another begins, and the one before ends there.
     *
     * @param after the offset before its first
     * @param base the offset that it counts from: 0 to count on
     */
    public EpochHistory then(String name, long after, long base) {
        return new EpochHistory(Stream.concat(all.stream(), Stream.of(new Epoch(name, after, base)))
                .toList());
    }

    /** The same without those of which nothing is kept: all up to an offset is gone. */
    public EpochHistory since(long floor) {
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).after <= floor) {
            first++;
        }
        return first == 0 ? this : new EpochHistory(all.subList(first, all.size()));
    }

    /** The id of an offset. */
    public EventId idOf(long offset) {
        int at = all.size() - 1;
        while (at > 0 && all.get(at).after > offset) {
            at--;
        }
        return new EventId(all.get(at).name, offset - all.get(at).base);
    }

    /** The offset of an id; empty if there is none, up to the head. */
    public OptionalLong find(EventId id, long head) {
        long end = head;
        for (int at = all.size() - 1; at >= 0; at--) {
            Epoch epoch = all.get(at);
            if (epoch.name.equals(id.epoch())) {
                long offset = epoch.base + id.offset();
                return offset >= epoch.after && offset <= end ? OptionalLong.of(offset) : OptionalLong.empty();
            }
            end = epoch.after;
        }
        return OptionalLong.empty();
    }

    /** Returns the offset of the last event of an id's epoch; 0 if that epoch is not known, or is the current one. */
    public long endOf(EventId id) {
        for (int at = all.size() - 2; at >= 0; at--) {
            if (all.get(at).name.equals(id.epoch())) {
                return all.get(at + 1).after;
            }
        }
        return 0;
    }

    /**
     * One of them.
     *
     * @param name as in {@link EventId}
     * @param after the offset before its first
     * @param base the offset that its ids count from
     */
    public record Epoch(String name, long after, long base) {}
}
