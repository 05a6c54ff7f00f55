package dev.courant.support;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The objects and threads of a server that clients could leak.
 *
 * @param instances the number of instances of each class that has one instance for each stream
 * @param busy the number of request threads that run the application's code or wait for a lock
 */
public record ServerState(Map<String, Long> instances, long busy) {

    private static final String[] CLASSES = {
        "dev.courant.stream.ResponseConnection",
        "dev.courant.hub.Subscription",
        "dev.courant.mercure.ActiveSubscription",
        "org.glassfish.jersey.media.sse.internal.JerseyEventSink"
    };

    public static ServerState of(CourantProcess courant) throws Exception {
        Map<String, Long> instances = new TreeMap<>();
        for (String line : courant.runJcmd("GC.class_histogram").split("\n", -1)) {
            String[] columns = line.strip().split("\\s+");
            for (String name : CLASSES) {
                if (columns.length > 3 && columns[3].equals(name)) {
                    instances.put(name, Long.parseLong(columns[1]));
                }
            }
        }
        long busy = 0;
        for (String thread : courant.runJcmd("Thread.print").split("\n\n", -1)) {
            if (thread.contains("http-") && (thread.contains("at dev.courant.") || thread.contains("BLOCKED"))) {
                busy++;
            }
        }
        return new ServerState(instances, busy);
    }

    /** Waits until the state matches the condition or until the deadline, and returns the last state. */
    public static ServerState await(CourantProcess courant, Predicate<ServerState> condition) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        ServerState state = of(courant);
        while (!condition.test(state) && System.nanoTime() < deadline) {
            state = of(courant);
        }
        return state;
    }
}
