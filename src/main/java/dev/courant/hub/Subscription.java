package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Selection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the log and a connection. Its state belongs to its dispatcher's thread; what others tell it goes there
 * first. {@link #close} may be called by any thread.
 */
public final class Subscription implements Connection.Listener {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());

    final Selection selection;
    final Connection connection;
    final boolean takesBlocksWithoutData;
    final boolean visibleHeartbeats;
    final long provenFrom; // see Opening
    private final @Nullable String resumesAfter;
    private final Dispatcher dispatcher;
    private final Ended ended;
    final @Nullable Long endsAt; // nanoseconds on the dispatcher's clock, if its time is limited

    Audience audience; // set when the dispatcher takes the subscription on, before anything else of it is used
    long cursor; // all up to here was written, or is not for this subscription
    long told; // the client has been sent the id of this offset or of a later one

    @Nullable
    Batch opening; // to be written before anything else

    Deadlines.@Nullable Deadline deadline; // its place among those that will end

    boolean writable;
    boolean behind; // waits for its turn to read on from the log
    boolean readingBack; // waits for what is read for it from the log's history
    boolean over;
    long changedAt; // when it was last written to, or taken on; nanoseconds on the dispatcher's clock
    int indexInAudience;
    int indexInDispatcher;

    @SuppressWarnings("NullAway.Init") // the audience: see there
    Subscription(
            Selection selection,
            Arrival arrival,
            Connection connection,
            Dispatcher dispatcher,
            Opening opening,
            @Nullable Long endsAt,
            Ended ended) {
        this.selection = selection;
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.endsAt = endsAt;
        this.ended = ended;
        takesBlocksWithoutData = arrival.takesBlocksWithoutData();
        visibleHeartbeats = arrival.visibleHeartbeats();
        resumesAfter = opening.resumesAfter();
        cursor = opening.cursor();
        told = cursor;
        provenFrom = opening.provenFrom();
        this.opening = opening.bytes();
    }

    /**
     * The id of the event before the first that it gets, as the Mercure protocol's response header gives it:
     * {@link Event#EARLIEST} if there is none or the client named one that is not known; {@code null} if it named none.
     */
    public @Nullable String resumesAfter() {
        return resumesAfter;
    }

    /** Ends the stream in an orderly way, soon. */
    public void close() {
        dispatcher.execute(() -> dispatcher.end(this, null));
    }

    @Override
    public void writable() {
        dispatcher.execute(() -> dispatcher.resume(this));
    }

    @Override
    public void progress() {
        dispatcher.execute(() -> dispatcher.progress(this));
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        dispatcher.execute(() -> dispatcher.end(this, cause));
    }

    /** Closes the connection, in an orderly way if there is no cause, and tells who wants to know. */
    void finish(@Nullable Throwable cause) {
        try {
            if (cause == null) {
                connection.close();
            } else {
                connection.abort();
            }
            ended.ended(cause);
        } catch (RuntimeException | Error unexpected) {
            // Of the server's or of whoever is told: nobody else's delivery may suffer from it.
            LOG.log(Level.WARNING, "The end of a stream failed", unexpected);
        }
    }

    /** Told once, on a dispatcher's thread: has to be quick. */
    @FunctionalInterface
    public interface Ended {

        /** @param cause what broke the connection, {@code null} if it ended in an orderly way */
        void ended(@Nullable Throwable cause);
    }
}
