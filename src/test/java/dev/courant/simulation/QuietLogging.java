package dev.courant.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Discards the log records of the production code, which reports each simulated fault. */
final class QuietLogging implements AutoCloseable {

    private static final Logger COURANT = Logger.getLogger("dev.courant"); // without this reference it may be collected

    QuietLogging() {
        COURANT.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        COURANT.setLevel(null);
    }
}
