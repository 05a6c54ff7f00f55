package dev.courant.bench;

import java.io.IOException;

/** A server under test: it runs from when it is made until it is closed. */
interface Subject extends AutoCloseable {

    String name();

    int port();

    /** Where a topic is followed. */
    String streamPath(String topic);

    /** Where a topic is published to. */
    String publishPath(String topic);

    /** The process that does the work. */
    long pid();

    /** Whatever happened to it: an empty text if nothing did. */
    String trouble();

    /** The most that its heap held when it was collected, in megabytes; 0 if it has none, or none that can be seen. */
    long peakHeapMb();

    @Override
    void close();

    static Subject start(String name, Load load) throws IOException, InterruptedException {
        return switch (name) {
            case "courant" -> JavaServer.courant(load);
            case "mercure" -> JavaServer.mercure(load);
            case "memory" -> JavaServer.courant(load);
            case "always", "interval" -> JavaServer.journal(name, load);
            case "stock" -> JavaServer.stock(load);
            case "nchan" -> Nchan.start();
            default -> JavaServer.installed(name, load);
        };
    }
}
