package dev.courant.hub;

import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one dispatcher. The cursor of a client also moves over entries that it does not select. So that the
 * client can resume from there, a heartbeat contains an id if the cursor has moved since the last id. Not thread-safe;
 * used by the dispatcher thread only.
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
     * Returns the heartbeat that is due for a subscription, or {@code null} if none is due or none can be written.
     *
     * @param tailOffset see {@link LogTail#offset}
     * @param now nanoseconds on the dispatcher's clock
     */
    @Nullable
    Batch nextHeartbeat(Subscription subscription, long tailOffset, long now) {
        if (subscription.state().isBlocked()) {
            return null;
        }
        boolean quiet = now - subscription.lastProgressAt >= periodNanos / 2;
        // A visible heartbeat is due even on a busy stream: a script may not listen for the types of its events.
        if (!subscription.visibleHeartbeats || subscription.control != null) {
            return quiet ? nextComment(subscription, tailOffset) : null;
        }
        long previousId = subscription.lastIdSent;
        Batch comment = nextComment(subscription, tailOffset);
        return previousId == subscription.lastIdSent ? visible : visible.prepend(comment); // the comment contains an id
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
