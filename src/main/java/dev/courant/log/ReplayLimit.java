package dev.courant.log;

/**
 * The maximum size of a replay. If a client missed more, it receives a gap event and then the newest events, up to this
 * limit.
 *
 * @param maxEvents 1 or more
 * @param maxBytes of encoded events, 1 or more; the newest event is sent even if it is larger
 */
public record ReplayLimit(int maxEvents, long maxBytes) {

    /** @throws IllegalArgumentException if a limit is not positive */
    public ReplayLimit {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "The replay limits must be positive, but are " + maxEvents + " events and " + maxBytes + " bytes.");
        }
    }

    /** A count of the events of a replay, from the newest to the oldest. Not thread-safe. */
    public static final class Counter {

        private final ReplayLimit limit;
        private int events;
        private long bytes;

        public Counter(ReplayLimit limit) {
            this.limit = limit;
        }

        /** Adds the next older event, and returns whether the replay must start after it. */
        public boolean isExceededBy(int frameBytes) {
            bytes += frameBytes;
            if (events == limit.maxEvents || (bytes > limit.maxBytes && events > 0)) {
                return true;
            }
            events++;
            return false;
        }
    }
}
