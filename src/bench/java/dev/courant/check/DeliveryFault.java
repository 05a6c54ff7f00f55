package dev.courant.check;

import java.util.Locale;

/** A fault in the events that a client received. */
public enum DeliveryFault {
    /** An acknowledged event was not delivered, and no gap event announced it. */
    LOST,
    /** An event was delivered twice. */
    DUPLICATED,
    /** An event was delivered after a later event. */
    REORDERED,
    /** An event was never published, was altered, or is of a topic that the client does not follow. */
    FOREIGN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
