package dev.courant.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sums over all clients, and a line for each of the first clients with faults. Not thread-safe. */
public final class CheckFindings {

    private static final int MAX_NAMED = 10;

    private final Map<DeliveryFault, Long> counts = new EnumMap<>(DeliveryFault.class);
    private final List<String> named = new ArrayList<>();
    private long streams;
    private long wrong;
    private long received;
    private long excused;

    /** Adds the events of a client after {@link ReceivedEvents#finish}. */
    public void add(String client, String topic, PublishedEvents published, ReceivedEvents receipts) {
        streams++;
        received += receipts.received();
        excused += receipts.excused();
        if (receipts.isClean()) {
            return;
        }
        wrong++;
        StringBuilder line = new StringBuilder(client).append(' ').append(topic).append(':');
        for (DeliveryFault fault : DeliveryFault.values()) {
            long count = receipts.count(fault);
            if (count > 0) {
                counts.merge(fault, count, Long::sum);
                line.append(' ').append(count).append(' ').append(fault);
                line.append(fault == DeliveryFault.FOREIGN ? " (the first at " : " (first ");
                line.append(published.sequence(receipts.first(fault))).append(')');
            }
        }
        if (named.size() < MAX_NAMED) {
            named.add(line.toString());
        }
    }

    public long count(DeliveryFault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    public boolean isClean() {
        return counts.isEmpty();
    }

    public long excused() {
        return excused;
    }

    /** Returns a line with the sums, then one line for each client with faults. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder sum =
                new StringBuilder().append(received).append(" received on ").append(streams);
        sum.append(" streams, ").append(wrong).append(" of them faulty");
        for (DeliveryFault fault : DeliveryFault.values()) {
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
