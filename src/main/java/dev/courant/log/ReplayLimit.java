package dev.courant.log;

/**
 * The maximum size and age of a replay. If a client missed more, it receives a gap event and then the newest events, up to
 * this limit.
 *
 * @param maxEvents 1 or more
 * @param maxBytes of encoded events, 1 or more; the newest event is sent even if it is larger
 * @param since the replay starts after the newest event that is older than this time, in milliseconds since 1970
 */
public record ReplayLimit(int maxEvents, long maxBytes, long since) {

    /** @throws IllegalArgumentException if a limit is not positive */
    public ReplayLimit {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "The replay limits must be positive, but are " + maxEvents + " events and " + maxBytes + " bytes.");
        }
    }

    /** Creates a limit without a maximum age. */
    public ReplayLimit(int maxEvents, long maxBytes) {
        this(maxEvents, maxBytes, Long.MIN_VALUE);
    }

    /** Returns this limit with a number of events, if that is lower. */
    public ReplayLimit withMaxEvents(int events) {
        return new ReplayLimit(Math.min(events, maxEvents), maxBytes, since);
    }

    /** Returns this limit with a maximum age. */
    public ReplayLimit withSince(long millis) {
        return new ReplayLimit(maxEvents, maxBytes, millis);
    }

    boolean hasSince() {
        return since > Long.MIN_VALUE;
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
        public boolean isExceededBy(LogEntry entry) {
            return isExceededBy(entry.frame().length, entry.millis());
        }

        /**
         * Adds the next older event, and returns whether the replay must start after it.
         *
         * @param millis the time at which it was stored
         */
        public boolean isExceededBy(int frameBytes, long millis) {
            bytes += frameBytes;
            if (events == limit.maxEvents || (bytes > limit.maxBytes && events > 0) || millis < limit.since) {
                return true;
            }
            events++;
            return false;
        }
    }
}
