package dev.courant.journal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of a journal. Stored times are those of the wall clock, since the monotonic clock restarts with the
 * machine.
 *
 * @param nanoTime monotonic, like {@link System#nanoTime}
 * @param millis like {@link System#currentTimeMillis}
 */
public record JournalClocks(LongSupplier nanoTime, LongSupplier millis) {

    /** Returns the clocks of this machine. */
    public static JournalClocks system() {
        return new JournalClocks(System::nanoTime, System::currentTimeMillis);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Converts a stored time to the monotonic clock. A time in the future becomes now. */
    long nanosAt(long stored) {
        return now() - TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis.getAsLong() - stored));
    }
}
