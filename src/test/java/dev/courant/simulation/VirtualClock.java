package dev.courant.simulation;

import java.time.Duration;

/** The clocks of a simulation. They advance only when a step requests it. */
final class VirtualClock {

    /** The monotonic clock overflows after a minute. */
    private static final long START = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private long elapsed;
    private boolean jumped;
    private long wallOffset = 1_800_000_000_000L;

    /** Returns the monotonic time, like {@link System#nanoTime}. */
    long nanoTime() {
        return START + elapsed;
    }

    /** Returns the nanoseconds since the start of the simulation. */
    long elapsed() {
        return elapsed;
    }

    /** Returns the time of day, like {@link System#currentTimeMillis}. */
    long millis() {
        return wallOffset + elapsed / 1_000_000;
    }

    boolean hasJumped() {
        return jumped;
    }

    void advance(Duration time) {
        elapsed += time.toNanos();
    }

    /** Moves the time of day only, forward or backward. */
    void jump(Duration time) {
        wallOffset += time.toMillis();
        jumped = true;
    }
}
