package dev.courant.kafka;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log level of Kafka's clients. While Courant uses Kafka, they log nothing, because they repeat each failed connection
 * every second; {@link KafkaHealth} logs a problem once. A level that the operator has set stays in effect. Thread-safe.
 */
final class KafkaClientLogging {

    // A strong reference: the log manager may discard a logger, and its level, that is not referenced.
    private static final Logger KAFKA_LOGGER = Logger.getLogger("org.apache.kafka");

    private static int openLogs; // guarded by the class
    private static boolean disabledByCourant; // guarded by the class

    private KafkaClientLogging() {}

    /** Disables the clients' log. Each call needs a later call of {@link #restore}. */
    static synchronized void disable() {
        openLogs++;
        if (KAFKA_LOGGER.getLevel() == null) {
            KAFKA_LOGGER.setLevel(Level.OFF);
            disabledByCourant = true;
        }
    }

    /** Restores the level, unless another log is still open. */
    static synchronized void restore() {
        openLogs--;
        if (openLogs == 0 && disabledByCourant) {
            KAFKA_LOGGER.setLevel(null);
            disabledByCourant = false;
        }
    }
}
