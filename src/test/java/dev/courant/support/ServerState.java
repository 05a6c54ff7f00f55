package dev.courant.support;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a client could leave behind in a server.
 *
 * @param instances of what there is one of for each stream
 * @param busy threads that serve requests and are in the application's code, or wait for a lock
 */
public record ServerState(Map<String, Long> instances, long busy) {

    private static final String[] EACH_STREAM = {
        "dev.courant.stream.ResponseConnection",
        "dev.courant.hub.Subscription",
        "dev.courant.mercure.ActiveSubscription",
        "org.glassfish.jersey.media.sse.internal.JerseyEventSink"
    };

    public static ServerState of(CourantProcess courant) throws Exception {
        Map<String, Long> instances = new TreeMap<>();
        for (String line : courant.ask("GC.class_histogram").split("\n", -1)) {
            String[] columns = line.strip().split("\\s+");
            for (String name : EACH_STREAM) {
                if (columns.length > 3 && columns[3].equals(name)) {
                    instances.put(name, Long.parseLong(columns[1]));
                }
            }
        }
        long busy = 0;
        for (String thread : courant.ask("Thread.print").split("\n\n", -1)) {
            if (thread.contains("http-") && (thread.contains("at dev.courant.") || thread.contains("BLOCKED"))) {
                busy++;
            }
        }
        return new ServerState(instances, busy);
    }

    /** As soon as it is as wanted, or at the deadline. */
    public static ServerState once(CourantProcess courant, Predicate<ServerState> wanted) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        ServerState state = of(courant);
        while (!wanted.test(state) && System.nanoTime() < deadline) {
            state = of(courant);
        }
        return state;
    }
}
