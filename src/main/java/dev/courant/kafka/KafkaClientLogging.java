package dev.courant.kafka;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps what Kafka's clients say at length out of the log, which is told in a line what is wrong: they repeat every second
 * that a broker cannot be reached. Whoever has set a level for them hears them.
 */
final class KafkaClientLogging {

    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka"); // held, or its level were forgotten

    private static int logs; // guarded by the class
    private static boolean ours; // guarded by the class

    private KafkaClientLogging() {}

    /** For one log more. */
    static synchronized void quieten() {
        logs++;
        if (KAFKA.getLevel() == null) {
            KAFKA.setLevel(Level.OFF);
            ours = true;
        }
    }

    /** For one log less. */
    static synchronized void restore() {
        logs--;
        if (logs == 0 && ours) {
            KAFKA.setLevel(null);
            ours = false;
        }
    }
}
