package dev.courant.log;

/**
 * How much a client that comes back is sent at the most of what it missed; of more, the newest.
 *
 * @param maxEvents 1 or more
 * @param maxBytes of encoded events, 1 or more; the newest event is sent even if it is larger alone
 */
public record ReplayLimit(int maxEvents, long maxBytes) {

    /** @throws IllegalArgumentException if a bound is out of its range */
    public ReplayLimit {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("not a limit: " + maxEvents + " events, " + maxBytes + " bytes");
        }
    }
}
