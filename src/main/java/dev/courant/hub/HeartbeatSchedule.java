package dev.courant.hub;

import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one dispatcher. Entries that are not for a client move its cursor, but the client's last id grows
 * stale. A heartbeat therefore carries an id if the cursor has moved. Not thread-safe; used by the dispatcher thread
 * only.
 */
final class HeartbeatSchedule {

    private static final Batch WITHOUT_ID = Batch.control(WireFormat.heartbeat());

    private final EventLog log;
    private final Batch visible;
    private final long periodNanos;
    private Batch withId = WITHOUT_ID;
    private long idOffset = -1; // the offset of the id in withId

    HeartbeatSchedule(EventLog log, Duration period) {
        this.log = log;
        periodNanos = period.toNanos();
        visible = Batch.control(WireFormat.visibleHeartbeat(period));
    }

    /**
     * Returns the heartbeat that is due for a subscription, or {@code null} if none is due.
     *
     * @param tailOffset the dispatcher's read position in the log
     * @param now nanoseconds on the dispatcher's clock
     */
    @Nullable
    Batch nextHeartbeat(Subscription subscription, long tailOffset, long now) {
        boolean quiet = now - subscription.lastProgressAt >= periodNanos / 2;
        // A visible heartbeat is always due: a script sees only the event types that it listens for, perhaps none of
        // the others.
        if (!subscription.visibleHeartbeats || subscription.control != null) {
            return quiet ? nextComment(subscription, tailOffset) : null;
        }
        long previousId = subscription.lastIdSent;
        Batch comment = nextComment(subscription, tailOffset);
        return previousId == subscription.lastIdSent ? visible : visible.prepend(comment); // the comment carries an id
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
