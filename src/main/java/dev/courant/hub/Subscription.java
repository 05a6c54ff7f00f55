package dev.courant.hub;

import dev.courant.event.Topic;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the log and a connection. Its state belongs to its dispatcher's thread; what others tell it goes there
 * first. {@link #close} may be called by any thread.
 */
public final class Subscription implements Connection.Listener {

    final Set<Topic> topics;
    final Connection connection;
    private final Dispatcher dispatcher;
    private final Ended ended;

    Audience audience; // set when the dispatcher takes the subscription on, before anything else of it is used
    long cursor; // all up to here was written, or is not for this subscription

    @Nullable
    Batch opening; // to be written before anything else

    boolean writable;
    boolean over;
    long changedAt; // when it was last written to, or taken on; nanoseconds on the dispatcher's clock
    int indexInAudience;
    int indexInDispatcher;

    @SuppressWarnings("NullAway.Init") // the audience: see there
    Subscription(
            Set<Topic> topics, Connection connection, Dispatcher dispatcher, long cursor, Batch opening, Ended ended) {
        this.topics = topics;
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.cursor = cursor;
        this.opening = opening;
        this.ended = ended;
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
    public void closed(@Nullable Throwable cause) {
        dispatcher.execute(() -> dispatcher.end(this, cause));
    }

    void tellEnded(@Nullable Throwable cause) {
        ended.ended(cause);
    }

    /** Told once, on a dispatcher's thread: has to be quick. */
    @FunctionalInterface
    public interface Ended {

        /** @param cause what broke the connection, {@code null} if it ended in an orderly way */
        void ended(@Nullable Throwable cause);
    }
}
