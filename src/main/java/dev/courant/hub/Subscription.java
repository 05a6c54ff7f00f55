package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the log and a connection. Only the dispatcher thread uses its state; the public methods are thread-safe
 * and hand work to it.
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
    final @Nullable Long endsAt; // nanoseconds on the dispatcher's clock, if the duration is limited

    @Nullable
    Long announceExpiryAt; // when to write the expiry notice of the token; null once it is written

    Audience audience; // set by the dispatcher before any other use
    long checkedFrom; // see StreamStart
    StreamStart.Promise promise; // ALL after the first event was sent
    long cursor; // every entry up to here was written or is not selected
    long lastIdSent; // the client was sent the id of this offset or a later one

    @Nullable
    Batch control; // bytes to write before any event

    DeadlineQueue.@Nullable Deadline deadline; // its entry in the DeadlineQueue

    boolean writable;
    boolean queued; // in the dispatcher's catch-up queue
    boolean readingHistory; // waits for the HistoryReader
    boolean ended;
    long lastProgressAt; // the time of the last write or of its creation; nanoseconds on the dispatcher's clock
    int indexInAudience;
    int indexInDispatcher;

    @SuppressWarnings("NullAway.Init") // the dispatcher sets audience
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
     * Returns the id of the event before the first one that will be sent, for the response header of the Mercure
     * protocol. Returns {@link Event#EARLIEST} if there is no such event or the client named an unknown id, and {@code
     * null} if the client named none.
     */
    public @Nullable String resumesAfter() {
        return resumesAfter;
    }

    /** Ends the stream soon, in an orderly way. */
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

    /** Adds control bytes, which are written when the connection is next writable. */
    void addControl(Batch added) {
        control = control == null ? added : added.prepend(control);
    }

    /** Moves the cursor over a batch that is being written. */
    void markSent(Batch batch) {
        if (!batch.isControl()) {
            cursor = batch.lastOffset();
            promise = StreamStart.Promise.ALL;
        }
        lastIdSent = cursor;
    }

    /**
     * Skips the events that were evicted from the history before they could be read, unless the client was promised all
     * events.
     *
     * @return whether the subscription continues
     */
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
     * Skips evicted events, for a client that was promised only the retained ones.
     *
     * @param newCursor the offset before the first event that the client will be sent
     * @param completeAfter no event is missing after this offset
     * @return the gap event, or {@code null} if the client does not need one
     */
    @Nullable
    Batch skipEvicted(EventLog log, long newCursor, long completeAfter) {
        byte[] gap = WireFormat.gap(log.idOf(cursor).toString(), log.idOf(newCursor), log.idOf(completeAfter));
        cursor = newCursor;
        checkedFrom = completeAfter;
        return promise == StreamStart.Promise.RETAINED ? null : Batch.control(gap);
    }

    /** Closes the connection, immediately if there is a cause, and notifies the listener. */
    void finish(@Nullable Throwable cause) {
        try {
            if (cause == null) {
                connection.close();
            } else {
                connection.abort();
            }
            endListener.onEnd(cause);
        } catch (RuntimeException | Error unexpected) {
            // The server or the listener threw it. It must not affect other subscriptions.
            LOG.log(Level.WARNING, "Closing a stream failed", unexpected);
        }
    }

    /** A listener that is called once, on a dispatcher thread. It must not block. */
    @FunctionalInterface
    public interface EndListener {

        /** @param cause the failure that broke the connection, or {@code null} if the stream ended in an orderly way */
        void onEnd(@Nullable Throwable cause);
    }
}
