package dev.courant.hub;

import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life. What was not for a client has moved its cursor on, and its own idea of where it is is not left to age:
 * the sign then carries an id. Used by its dispatcher's thread alone.
 */
final class HeartbeatSchedule {

    private static final Batch WITHOUT_ID = Batch.control(WireFormat.heartbeat());

    private final EventLog log;
    private final Batch visible;
    private final long periodNanos;
    private Batch withId = WITHOUT_ID;
    private long at = -1; // the offset of its id

    HeartbeatSchedule(EventLog log, Duration period) {
        this.log = log;
        periodNanos = period.toNanos();
        visible = Batch.control(WireFormat.visibleHeartbeat(period));
    }

    /**
     * Returns what to write to a subscription whose turn has come; {@code null} if it needs nothing.
     *
     * @param tailed up to where the log has been handed out
     * @param now nanoseconds on the dispatcher's clock
     */
    @Nullable
    Batch due(Subscription subscription, long tailed, long now) {
        boolean quiet = now - subscription.changedAt >= periodNanos / 2;
        // A script may not see what is sent: an EventSource has to ask for each type of events. So it is always due.
        if (!subscription.visibleHeartbeats || subscription.opening != null) {
            return quiet ? next(subscription, tailed) : null;
        }
        long told = subscription.told;
        Batch comment = next(subscription, tailed);
        return told == subscription.told ? visible : visible.after(comment); // the comment brings an id
    }

    private Batch next(Subscription subscription, long tailed) {
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
