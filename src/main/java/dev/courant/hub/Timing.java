package dev.courant.hub;

import java.time.Duration;

/**
 * How long the hub waits for what.
 *
 * @param heartbeat how long a stream may stay quiet before a comment is written to it
 * @param stall how long a connection may take no byte before it is closed
 * @param retry how long a client waits before it reconnects; each is told a time between this and twice this
 */
public record Timing(Duration heartbeat, Duration stall, Duration retry) {

    /** @throws IllegalArgumentException unless each is more than zero */
    public Timing {
        for (Duration duration : new Duration[] {heartbeat, stall, retry}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("each of the hub's times is more than zero");
            }
        }
    }
}
