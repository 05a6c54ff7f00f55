package dev.courant.check;

import java.util.EnumMap;
import java.util.Map;

/**
 * The events that one client received of one topic: the next expected position, the missing ranges and the counters.
 * Allocates nothing without faults. Not thread-safe.
 */
public final class ReceivedEvents {

    private int next = 1;
    private boolean live; // the next event sets the client's start
    private long received;
    private long excused;
    private final MissingRanges holes = new MissingRanges();
    private final Map<DeliveryFault, Long> counts = new EnumMap<>(DeliveryFault.class);
    private final Map<DeliveryFault, Integer> firsts = new EnumMap<>(DeliveryFault.class);

    /** Records an event with its position in {@link PublishedEvents}. Use {@link #foreign} for an event without one. */
    public void received(int position) {
        received++;
        if (position == next) {
            next++;
            live = false;
        } else if (live) {
            next = position + 1;
            live = false;
        } else if (position > next) {
            holes.add(next, position - 1);
            next = position + 1;
        } else {
            count(holes.remove(position) ? DeliveryFault.REORDERED : DeliveryFault.DUPLICATED, position, 1);
        }
    }

    public void foreign() {
        received++;
        count(DeliveryFault.FOREIGN, next, 1);
    }

    /** Records that the client opened the stream without a start: it starts with the next event. */
    public void live() {
        live = true;
    }

    /** Records that the client resumes after a position, and receives earlier events again if they follow it. */
    public void resumed(int after) {
        live = false;
        holes.truncate(after + 1);
        next = after + 1;
    }

    /** Records a gap event: missing events after one position up to the other are not faults. */
    public void gap(int requested, int resumed) {
        if (!live && requested >= next && requested <= resumed) {
            holes.add(next, requested);
        }
        if (resumed >= next) {
            excused += resumed - Math.max(requested, next - 1);
            next = resumed + 1;
        }
        live = false;
    }

    /** Ends the check: acknowledged events that were not received are lost. */
    public void finish(PublishedEvents published) {
        for (int i = 0; i < holes.count(); i++) {
            countLost(published, holes.first(i), holes.last(i));
        }
        if (!live) {
            countLost(published, next, published.count());
        }
        holes.truncate(0);
        live = true; // once
    }

    public long received() {
        return received;
    }

    /** Returns the number of missing events that gap events announced. */
    public long excused() {
        return excused;
    }

    public long count(DeliveryFault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** Returns the position of the first such fault, or 0. For a foreign event, it is the position expected in its place. */
    public int first(DeliveryFault fault) {
        return firsts.getOrDefault(fault, 0);
    }

    public boolean isClean() {
        return counts.isEmpty();
    }

    private void countLost(PublishedEvents published, int from, int to) {
        int lost = published.acknowledgedWithin(from, to);
        if (lost > 0) {
            count(DeliveryFault.LOST, published.firstAcknowledged(from), lost);
        }
    }

    private void count(DeliveryFault fault, int position, int more) {
        counts.merge(fault, (long) more, Long::sum);
        firsts.putIfAbsent(fault, position);
    }
}
