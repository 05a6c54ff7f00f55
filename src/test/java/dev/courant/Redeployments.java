package dev.courant;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * A Payara Micro of its own that deploys the WAR and takes it back as often as it is told, each time with a client in
 * mid-stream, and then says what is left of the application in the server. Run as a process by {@link RedeployIT}.
 *
 * <p>Arguments: the WAR, a port, how often.
 */
final class Redeployments {

    /** What there is as long as a deployment is alive: schedule, threads, log, streams. */
    private static final Pattern ALIVE = Pattern.compile("dev\\.courant\\.(Wiring|feed\\.RandomNumbers|hub\\.Hub"
            + "|hub\\.Dispatcher|hub\\.DispatcherThread|hub\\.Subscription|log\\.MemoryLog|log\\.Entry"
            + "|sse\\.TopicBroadcaster|stream\\.ResponseConnection)");

    private Redeployments() {}

    @SuppressWarnings("SystemOut") // it is how a process answers
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        PayaraMicroRuntime server =
                PayaraMicro.getInstance().setHttpPort(port).setNoHazelcast(true).bootStrap();
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            server.deploy("courant", "courant", new File(arguments[0]));
            try (EventStream stream = new EventStream(URI.create("http://127.0.0.1:" + port + "/courant/sse"))) {
                stream.next("data");
                server.undeploy("courant");
                stream.awaitEnd();
            }
            System.out.println("redeployments: stream ended");
        }
        System.out.println("redeployments: threads " + threads());
        // A cancelled task stands in the executor's queue until it would have been due.
        long deadline = System.nanoTime() + EventStream.DEADLINE.toNanos();
        Set<String> instances = instances();
        while (!instances.isEmpty() && System.nanoTime() < deadline) {
            instances = instances();
        }
        System.out.println("redeployments: instances " + instances);
        System.exit(0);
    }

    /** The server's names for its managed threads carry no trace of us: what a thread is doing does. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> java.util.Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.courant.")
                                && !frame.getClassName().startsWith(Redeployments.class.getName())
                                && !frame.getClassName().startsWith(EventStream.class.getName())))
                .map(thread -> thread.getKey().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What of a deployment is still there after a full collection. */
    private static Set<String> instances() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns ->
                        columns.length > 3 && ALIVE.matcher(columns[3]).matches())
                .map(columns -> columns[3] + " x " + columns[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
