package dev.courant.hub;

/**
 * The life of a {@link Subscription}. Each arrow is a call of {@link Subscription#enter} in {@link Dispatcher}, which alone
 * changes the state:
 *
 * <pre>{@code
 *             batch limit               in the history
 *  QUEUED <--------------- READY -----------------------> READING           the connection is writable
 *         --------------->       <-----------------------
 *             its turn     ^ ^ |      read completed        ^ |
 *                         /  | |                            | |
 *               writable /   | | full              writable | | full
 *                       /    | |                            | |
 *                      /     | v     read completed         | v
 *             STARTING ---> BLOCKED <--------------- BLOCKED_READING        it is not, and a timeout runs
 *                     progress
 *
 *  each state ------------> ENDED
 * }</pre>
 *
 * A new event changes no state. The dispatcher writes it at once if the subscription is {@code READY}, and otherwise when it
 * is {@code READY} again. Control bytes wait in the same way.
 */
enum SubscriptionState {
    /** The connection was never writable. A server may report this late, so the timeout is long. */
    STARTING,
    /** The dispatcher has written all entries, or is writing them now. */
    READY,
    /** The dispatcher writes the remaining entries after other subscriptions had their turn. */
    QUEUED,
    /** The {@link HistoryReader} reads the next entries. Meanwhile the subscription is sent heartbeats. */
    READING,
    /** The connection is full. */
    BLOCKED,
    /** A heartbeat filled the connection. If it is still full when the read completes, the result is discarded. */
    BLOCKED_READING,
    /** The stream has ended. */
    ENDED;

    boolean isBlocked() {
        return this == STARTING || this == BLOCKED || this == BLOCKED_READING;
    }

    /** Returns whether control bytes are written now. In the queue they wait, so that none of it is blocked. */
    boolean canTakeControl() {
        return this == READY || this == READING;
    }

    /** Returns whether another method than {@link Dispatcher#advance} continues. */
    boolean isWaiting() {
        return this == QUEUED || this == READING || this == BLOCKED_READING;
    }

    SubscriptionState whenWritable() {
        return this == BLOCKED_READING ? READING : READY;
    }

    SubscriptionState whenFull() {
        return this == READING ? BLOCKED_READING : BLOCKED;
    }

    SubscriptionState whenProgressing() {
        return this == STARTING ? BLOCKED : this;
    }

    SubscriptionState whenRead() {
        return this == BLOCKED_READING ? BLOCKED : READY;
    }

    /** Returns whether the diagram has an arrow to another state. */
    boolean leadsTo(SubscriptionState next) {
        return switch (next) {
            case STARTING -> false;
            case READY -> this == STARTING || this == QUEUED || this == READING || this == BLOCKED;
            case QUEUED -> this == READY;
            case READING -> this == READY || this == BLOCKED_READING;
            case BLOCKED -> this == STARTING || this == READY || this == BLOCKED_READING;
            case BLOCKED_READING -> this == READING;
            case ENDED -> this != ENDED;
        };
    }
}
