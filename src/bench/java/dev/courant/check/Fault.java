package dev.courant.check;

import java.util.Locale;

/** What can be wrong with what a client received. */
public enum Fault {
    /** Acknowledged to the publisher, never delivered, and announced by no gap event. */
    LOST,
    /** Delivered, though it had been before. */
    DUPLICATED,
    /** Delivered after one that was published later. */
    REORDERED,
    /** Never published, or altered, or of a topic that the client does not follow. */
    FOREIGN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
