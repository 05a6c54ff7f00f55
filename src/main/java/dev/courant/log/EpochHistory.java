package dev.courant.log;

import dev.courant.event.EventId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The epochs of a log: ranges of offsets with a name. In this process, offsets grow from epoch to epoch. The offset in
 * an id may count from the start of its epoch instead: it is the offset in the log minus the base of the epoch. An id
 * past the end of its epoch is unknown: its event was lost.
 *
 * @param epochs one or more, in ascending order
 */
public record EpochHistory(List<Epoch> epochs) {

    public EpochHistory {
        epochs = List.copyOf(epochs);
    }

    /** Returns a history with one epoch, which starts at the first offset. */
    public static EpochHistory of(String name) {
        return new EpochHistory(List.of(new Epoch(name, 0, 0)));
    }

    /**
     * Returns this history with a further epoch, which ends the previous one.
     *
     * @param after the offset before the first one of the new epoch
     * @param base the offset from which its ids count; 0 if its ids contain the offsets of the log
     */
    public EpochHistory append(String name, long after, long base) {
        return new EpochHistory(Stream.concat(epochs.stream(), Stream.of(new Epoch(name, after, base)))
                .toList());
    }

    /** Returns this history without the epochs that end at or before the floor. */
    public EpochHistory dropBefore(long floor) {
        int first = 0;
        while (first + 1 < epochs.size() && epochs.get(first + 1).after <= floor) {
            first++;
        }
        return first == 0 ? this : new EpochHistory(epochs.subList(first, epochs.size()));
    }

    /** Returns the id of an offset. */
    public EventId idOf(long offset) {
        int index = epochs.size() - 1;
        while (index > 0 && epochs.get(index).after > offset) {
            index--;
        }
        return new EventId(epochs.get(index).name, offset - epochs.get(index).base);
    }

    /** Returns the offset of an id, or empty if the id is unknown or names an offset after the head. */
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

    /** Returns the last offset of the epoch of an id, or 0 if that epoch is unknown or current. */
    public long findEnd(EventId id) {
        for (int index = epochs.size() - 2; index >= 0; index--) {
            if (epochs.get(index).name.equals(id.epoch())) {
                return epochs.get(index + 1).after;
            }
        }
        return 0;
    }

    /**
     * A range of offsets with a name.
     *
     * @param name as in {@link EventId}
     * @param after the offset before the first one of this epoch
     * @param base the offset from which its ids count; 0 if they contain the offsets of the log
     */
    public record Epoch(String name, long after, long base) {}
}
