package dev.courant.hub;

import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;

/**
 * Signs of life. What was not for a client has moved its cursor on, and its own idea of where it is is not left to age:
 * the sign then carries an id. Used by its dispatcher's thread alone.
 */
final class Heartbeats {

    private static final Batch WITHOUT_ID = Batch.control(WireFormat.heartbeat());

    private final EventLog log;
    private Batch withId = WITHOUT_ID;
    private long at = -1; // the offset of its id

    Heartbeats(EventLog log) {
        this.log = log;
    }

    /** @param tailed up to where the log has been handed out */
    Batch next(Subscription subscription, long tailed) {
        boolean caughtUp = subscription.cursor >= subscription.audience.tip();
        if (!caughtUp || !subscription.takesBlocksWithoutData || subscription.told >= tailed) {
            return WITHOUT_ID;
        }
        subscription.told = tailed;
        if (at != tailed) {
            at = tailed;
            withId = Batch.control(WireFormat.heartbeat(log.idOf(tailed)));
        }
        return withId;
    }
}
