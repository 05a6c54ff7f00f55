package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the log and a connection. Its state belongs to its dispatcher's thread; what others tell it goes there
 * first. {@link #close} may be called by any thread.
 */
public final class Subscription implements Connection.Listener {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());

    final TopicSelection selection;
    final Connection connection;
    final boolean takesBlocksWithoutData;
    final boolean visibleHeartbeats;
    private final @Nullable String resumesAfter;
    private final Dispatcher dispatcher;
    private final EndListener endListener;
    final @Nullable Long endsAt; // nanoseconds on the dispatcher's clock, if its time is limited

    @Nullable
    Long announceExpiryAt; // when to write the announcement that its token expires; null once that is done

    Audience audience; // set when the dispatcher takes the subscription on, before anything else of it is used
    long checkedFrom; // see Opening
    StreamStart.Promise promise; // ALL once it has been sent an event
    long cursor; // all up to here was written, or is not for this subscription
    long lastIdSent; // the client has been sent the id of this offset or of a later one

    @Nullable
    Batch control; // control bytes, to be written before anything else

    DeadlineQueue.@Nullable Deadline deadline; // its place among those that will end

    boolean writable;
    boolean queued; // waits for its turn to read on from the log
    boolean readingHistory; // waits for what is read for it from the log's history
    boolean ended;
    long lastProgressAt; // when it was last written to, or taken on; nanoseconds on the dispatcher's clock
    int indexInAudience;
    int indexInDispatcher;

    @SuppressWarnings("NullAway.Init") // the audience: see there
    Subscription(
            TopicSelection selection,
            SubscribeRequest request,
            Connection connection,
            Dispatcher dispatcher,
            StreamStart start,
            @Nullable Long endsAt,
            @Nullable Long announceExpiryAt,
            EndListener endListener) {
        this.selection = selection;
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.endsAt = endsAt;
        this.announceExpiryAt = announceExpiryAt;
        this.endListener = endListener;
        takesBlocksWithoutData = request.takesBlocksWithoutData();
        visibleHeartbeats = request.visibleHeartbeats();
        resumesAfter = start.resumesAfter();
        cursor = start.cursor();
        lastIdSent = cursor;
        checkedFrom = start.checkedFrom();
        promise = start.promise();
        this.control = start.control();
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
    public void onWritable() {
        dispatcher.execute(() -> dispatcher.resume(this));
    }

    @Override
    public void onProgress() {
        dispatcher.execute(() -> dispatcher.onProgress(this));
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        dispatcher.execute(() -> dispatcher.end(this, cause));
    }

    /** Adds control bytes that are written as soon as the connection takes them. */
    void addControl(Batch added) {
        control = control == null ? added : added.prepend(control);
    }

    /** Moves the cursor over what is being written. */
    void markSent(Batch batch) {
        if (!batch.isControl()) {
            cursor = batch.lastOffset();
            promise = StreamStart.Promise.ALL;
        }
        lastIdSent = cursor;
    }

    /** Returns whether the subscription goes on with what the log's history still has after it could not be read for. */
    boolean skipEvicted(EventLog log, @Nullable Throwable failure) {
        long floor = Math.max(cursor, log.history().floor());
        boolean evicted = failure instanceof SlowClientException && floor < Long.MAX_VALUE;
        if (ended || !evicted || promise == StreamStart.Promise.ALL) {
            return false;
        }
        Batch gap = skipEvicted(log, cursor, floor);
        if (gap != null) {
            addControl(gap);
        }
        return true;
    }

    /**
     * Moves on over events that have been evicted, for a client that was promised no more than the retained ones.
     *
     * @param to the offset before the first event that the client will be sent
     * @param completeAfter no event is missing after this offset
     * @return what tells the client of the gap; {@code null} if it need not be told
     */
    @Nullable
    Batch skipEvicted(EventLog log, long to, long completeAfter) {
        byte[] gap = WireFormat.gap(log.idOf(cursor).toString(), log.idOf(to), log.idOf(completeAfter));
        cursor = to;
        checkedFrom = completeAfter;
        return promise == StreamStart.Promise.RETAINED ? null : Batch.control(gap);
    }

    /** Closes the connection, in an orderly way if there is no cause, and tells who wants to know. */
    void finish(@Nullable Throwable cause) {
        try {
            if (cause == null) {
                connection.close();
            } else {
                connection.abort();
            }
            endListener.onEnd(cause);
        } catch (RuntimeException | Error unexpected) {
            // Of the server's or of whoever is told: nobody else's delivery may suffer from it.
            LOG.log(Level.WARNING, "The end of a stream failed", unexpected);
        }
    }

    /** Told once, on a dispatcher's thread: has to be quick. */
    @FunctionalInterface
    public interface EndListener {

        /** @param cause what broke the connection, {@code null} if it ended in an orderly way */
        void onEnd(@Nullable Throwable cause);
    }
}
