package dev.courant.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sums over all clients, and a line for each of the first few with whom something is wrong. */
public final class Findings {

    private static final int MOST_NAMED = 10;

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final List<String> named = new ArrayList<>();
    private long streams;
    private long wrong;
    private long received;
    private long excused;

    /** Receipts that are {@linkplain Receipts#finish finished}. */
    public void add(String client, String topic, Published published, Receipts receipts) {
        streams++;
        received += receipts.received();
        excused += receipts.excused();
        if (receipts.clean()) {
            return;
        }
        wrong++;
        StringBuilder line = new StringBuilder(client).append(' ').append(topic).append(':');
        for (Fault fault : Fault.values()) {
            long count = receipts.count(fault);
            if (count > 0) {
                counts.merge(fault, count, Long::sum);
                line.append(' ').append(count).append(' ').append(fault);
                line.append(fault == Fault.FOREIGN ? " (the first at " : " (first ");
                line.append(published.sequence(receipts.first(fault))).append(')');
            }
        }
        if (named.size() < MOST_NAMED) {
            named.add(line.toString());
        }
    }

    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    public boolean clean() {
        return counts.isEmpty();
    }

    public long excused() {
        return excused;
    }

    /** One line for all, then one for each client named. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder sum =
                new StringBuilder().append(received).append(" received on ").append(streams);
        sum.append(" streams, ").append(wrong).append(" of them faulty");
        for (Fault fault : Fault.values()) {
            sum.append(", ").append(count(fault)).append(' ').append(fault);
        }
        lines.add(sum.append(", ")
                .append(excused)
                .append(" excused by gap events")
                .toString());
        lines.addAll(named);
        if (wrong > named.size()) {
            lines.add("and " + (wrong - named.size()) + " more");
        }
        return lines;
    }
}
