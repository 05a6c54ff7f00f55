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
    private long idOffset = -1; // the offset of its id

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
    Batch nextHeartbeat(Subscription subscription, long tailOffset, long now) {
        boolean quiet = now - subscription.lastProgressAt >= periodNanos / 2;
        // A script may not see what is sent: an EventSource has to ask for each type of events. So it is always due.
        if (!subscription.visibleHeartbeats || subscription.control != null) {
            return quiet ? nextComment(subscription, tailOffset) : null;
        }
        long previousId = subscription.lastIdSent;
        Batch comment = nextComment(subscription, tailOffset);
        return previousId == subscription.lastIdSent ? visible : visible.prepend(comment); // the comment brings an id
    }

    private Batch nextComment(Subscription subscription, long tailOffset) {
        boolean caughtUp = subscription.cursor >= subscription.audience.newestOffset();
        if (!caughtUp || !subscription.takesBlocksWithoutData || subscription.lastIdSent >= tailOffset) {
            return WITHOUT_ID;
        }
        subscription.lastIdSent = tailOffset;
        if (idOffset != tailOffset) {
            idOffset = tailOffset;
            withId = Batch.control(WireFormat.heartbeat(log.idOf(tailOffset)));
        }
        return withId;
    }
}
