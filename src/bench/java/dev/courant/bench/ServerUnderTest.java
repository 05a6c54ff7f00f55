package dev.courant.bench;

import java.io.IOException;

/** A running server that a benchmark measures. Closing it stops the server. */
interface ServerUnderTest extends AutoCloseable {

    String name();

    int port();

    /** Returns the path of a topic's stream. */
    String streamPath(String topic);

    /** Returns the path to which events of a topic are published. */
    String publishPath(String topic);

    /** Returns the id of the process that serves requests. */
    long pid();

    /** Returns the problems in the server's log, or an empty string. */
    String describeProblems();

    /** Returns the maximum heap usage before a collection, in megabytes, or 0 if it is unknown. */
    long peakHeapMb();

    @Override
    void close();

    static ServerUnderTest start(String name, LoadOptions load) throws IOException, InterruptedException {
        return switch (name) {
            case "courant" -> JavaServer.courant(load);
            case "mercure" -> JavaServer.mercure(load);
            case "memory" -> JavaServer.courant(load);
            case "always", "interval" -> JavaServer.journal(name, load);
            case "stock" -> JavaServer.stock(load);
            case "nchan" -> NchanServer.start();
            default -> JavaServer.installed(name, load);
        };
    }
}
