package dev.courant.check;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one client received of one topic, folded in as it comes: the position that is expected next, what was skipped,
 * and counters. Costs nothing more as long as nothing is wrong. Not for several threads.
 */
public final class Receipts {

    private int next = 1;
    private boolean live; // the next to come decides where the client begins
    private long received;
    private long excused;
    private final Holes holes = new Holes();
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> firsts = new EnumMap<>(Fault.class);

    /** An event arrived. Positions are those of {@link Published}; what has none is {@link #foreign}. */
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
            count(holes.fill(position) ? Fault.REORDERED : Fault.DUPLICATED, position, 1);
        }
    }

    public void foreign() {
        received++;
        count(Fault.FOREIGN, next, 1);
    }

    /** The client opened the stream with no wish: it begins with whatever comes next. */
    public void live() {
        live = true;
    }

    /** The client asked for what comes after a position: again, if it has had that. */
    public void resumed(int after) {
        live = false;
        holes.cut(after + 1);
        next = after + 1;
    }

    /** The server said that what comes after one position, up to and at another, is missing: that much is no fault. */
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

    /** At the end: what never came, of all that was acknowledged, is lost. */
    public void finish(Published published) {
        for (int i = 0; i < holes.count(); i++) {
            lose(published, holes.first(i), holes.last(i));
        }
        if (!live) {
            lose(published, next, published.count());
        }
        holes.cut(0);
        live = true; // once
    }

    public long received() {
        return received;
    }

    /** How many a gap event took the blame for. */
    public long excused() {
        return excused;
    }

    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** The position of the first, or for what is foreign, that which was expected in its place; 0 if there is none. */
    public int first(Fault fault) {
        return firsts.getOrDefault(fault, 0);
    }

    public boolean clean() {
        return counts.isEmpty();
    }

    private void lose(Published published, int from, int to) {
        int lost = published.acknowledgedWithin(from, to);
        if (lost > 0) {
            count(Fault.LOST, published.firstAcknowledged(from), lost);
        }
    }

    private void count(Fault fault, int position, int more) {
        counts.merge(fault, (long) more, Long::sum);
        firsts.putIfAbsent(fault, position);
    }
}
