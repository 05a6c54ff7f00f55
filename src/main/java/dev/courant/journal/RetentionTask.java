package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import java.io.IOException;
import java.time.Duration;

/** Lets go of what exceeds the {@link JournalBounds}, and gives its room back to the file system. The writer's. */
final class RetentionTask {

    /** Room that was freed can be seen in the file only after a sync or two; until then no more is removed for its sake. */
    private static final long TRIM_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of the file, what the events themselves may take; the rest is for indexes and for room to compact in. */
    private static final double SHARE = 0.7;

    private final JournalFile file;
    private final JournalBounds bounds;
    private final JournalClocks clocks;
    private long trimmedAt;

    RetentionTask(JournalFile file, JournalBounds bounds, JournalClocks clocks) {
        this.file = file;
        this.bounds = bounds;
        this.clocks = clocks;
        trimmedAt = clocks.now();
    }

    /**
     * Does some of what there is to do; takes a few milliseconds.
     *
     * @return whether there is more
     */
    boolean turn(JournalContents contents) throws IOException {
        long millis = clocks.millis().getAsLong();
        long before = millis - bounds.maxAge().toMillis();
        int removed = contents.removeOldest(Long.MAX_VALUE, 0, before) + removeExcess(contents);
        removed += contents.removeKeys(millis - IdempotencyKey.LIFETIME.toMillis());
        if (removed > 0) {
            file.commit();
        }
        boolean worthIt = file.isWorthCompacting();
        long tooLong = file.size() - bounds.maxBytes();
        long now = clocks.now();
        if (!worthIt
                && removed == 0
                && tooLong > 0
                && now - trimmedAt >= TRIM_NANOS) { // they take more than was thought
            removed = contents.removeOldest(0, tooLong, Long.MAX_VALUE);
            trimmedAt = now;
            file.commit();
        }
        return (worthIt && file.compact()) || removed > 0;
    }

    private int removeExcess(JournalContents contents) {
        long events = file.maps().events.sizeAsLong() - bounds.maxEvents();
        long bytes = file.maps().bytes() - (long) (bounds.maxBytes() * SHARE);
        return events > 0 || bytes > 0 ? contents.removeOldest(events, bytes, Long.MAX_VALUE) : 0;
    }
}
