package dev.courant.journal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of a journal: what is stored is dated by the one on the wall, since the other begins anew with the machine.
 *
 * @param nanoTime monotonic, as {@link System#nanoTime}
 * @param millis as {@link System#currentTimeMillis}
 */
public record JournalClocks(LongSupplier nanoTime, LongSupplier millis) {

    /** The computer's. */
    public static JournalClocks system() {
        return new JournalClocks(System::nanoTime, System::currentTimeMillis);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** On the monotonic clock; what is dated in the future was just now. */
    long nanosAt(long stored) {
        return now() - TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis.getAsLong() - stored));
    }
}
