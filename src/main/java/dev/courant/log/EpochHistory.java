package dev.courant.log;

import dev.courant.event.EventId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The epochs that a log has had, each the name of a range of its offsets. Within the process offsets always grow; an id
 * counts within its epoch. An id beyond the end of its epoch names an event that was lost, and is not known.
 *
 * @param epochs one at least, in order
 */
public record EpochHistory(List<Epoch> epochs) {

    public EpochHistory {
        epochs = List.copyOf(epochs);
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
    public EpochHistory append(String name, long after, long base) {
        return new EpochHistory(Stream.concat(epochs.stream(), Stream.of(new Epoch(name, after, base)))
                .toList());
    }

    /** The same without those of which nothing is kept: all up to an offset is gone. */
    public EpochHistory dropBefore(long floor) {
        int first = 0;
        while (first + 1 < epochs.size() && epochs.get(first + 1).after <= floor) {
            first++;
        }
        return first == 0 ? this : new EpochHistory(epochs.subList(first, epochs.size()));
    }

    /** The id of an offset. */
    public EventId idOf(long offset) {
        int index = epochs.size() - 1;
        while (index > 0 && epochs.get(index).after > offset) {
            index--;
        }
        return new EventId(epochs.get(index).name, offset - epochs.get(index).base);
    }

    /** The offset of an id; empty if there is none, up to the head. */
    public OptionalLong find(EventId id, long head) {
        long end = head;
        for (int index = epochs.size() - 1; index >= 0; index--) {
            Epoch epoch = epochs.get(index);
            if (epoch.name.equals(id.epoch())) {
                long offset = epoch.base + id.offset();
                return offset >= epoch.after && offset <= end ? OptionalLong.of(offset) : OptionalLong.empty();
            }
            end = epoch.after;
        }
        return OptionalLong.empty();
    }

    /** Returns the offset of the last event of an id's epoch; 0 if that epoch is not known, or is the current one. */
    public long findEnd(EventId id) {
        for (int index = epochs.size() - 2; index >= 0; index--) {
            if (epochs.get(index).name.equals(id.epoch())) {
                return epochs.get(index + 1).after;
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
