package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the log, a selection and a connection; its life is a {@link SubscriptionState}. Only the dispatcher thread
 * uses its fields. The public methods are thread-safe and pass work to that thread.
 */
public final class Subscription implements Connection.Listener {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());

    final TopicSelection selection;
    final StreamFormat format;
    final Connection connection;
    final boolean takesBlocksWithoutData;
    final boolean visibleHeartbeats;
    private final @Nullable String resumesAfter;
    private final Dispatcher dispatcher;
    private final EndListener endListener;
    final @Nullable Long endsAt; // nanoseconds on the dispatcher's clock; null for no limit

    @Nullable
    Long announceExpiryAt; // when to write the expiry notice; null if there is none or it is written

    Audience audience; // set by the dispatcher before any other use
    long checkedFrom; // see StreamStart
    StreamStart.Promise promise; // ALL after the first event was sent
    long cursor; // every entry up to here was written, skipped or not selected
    long lastIdSent; // the offset of the last id that the client was sent

    @Nullable
    Batch control; // bytes to write before any event

    private Set<Topic> endedTopics; // that ended at the cursor or before it

    DeadlineQueue.@Nullable Deadline deadline; // its element in the DeadlineQueue; null for no limit

    private SubscriptionState state = SubscriptionState.STARTING;
    long lastProgressAt; // the last write or progress; nanoseconds on the dispatcher's clock
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
        format = request.format();
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
        endedTopics = start.endedTopics();
        this.control = start.control();
    }

    /**
     * Returns the id after which the stream starts, for a response header of the Mercure protocol. Returns
     * {@link Event#EARLIEST} if the client requested it or no known event precedes the start, and {@code null} if the
     * client sent no id.
     */
    public @Nullable String resumesAfter() {
        return resumesAfter;
    }

    /** Makes the dispatcher end the stream, once the connection has sent the bytes that it has taken. */
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

    /** Returns whether the dispatcher may write the next events. */
    boolean canSend() {
        return state == SubscriptionState.READY && !isComplete();
    }

    SubscriptionState state() {
        return state;
    }

    /** Changes the state; called by the {@link Dispatcher} only. */
    void enter(SubscriptionState next) {
        assert next == state || state.leadsTo(next) : state + " does not lead to " + next;
        state = next;
    }

    /** Adds control bytes, which are written when the connection is next writable. */
    void addControl(Batch added) {
        control = control == null ? added : added.prepend(control);
    }

    /** Returns the control bytes to write now, and removes them; {@code null} if there are none. */
    @Nullable
    Batch takeControl() {
        Batch taken = control;
        control = null;
        return taken;
    }

    /** Moves the cursor to the end of a batch that is about to be written. */
    void markSent(Batch batch) {
        if (!batch.isControl()) {
            cursor = batch.lastOffset();
            promise = StreamStart.Promise.ALL;
            if (batch.hasEnd()) {
                Set<Topic> ended = new HashSet<>(endedTopics);
                batch.entries().stream()
                        .filter(entry -> entry.kind() == EventKind.END)
                        .forEach(entry -> ended.addAll(entry.topics()));
                ended.retainAll(selection.topics());
                endedTopics = ended;
            }
        }
        lastIdSent = cursor;
    }

    /** Returns whether all topics have ended, so that the client receives no further event. */
    boolean isComplete() {
        return selection.isExact() && endedTopics.size() == selection.topics().size();
    }

    /**
     * Skips events that were evicted from the history before they could be read, if the promise permits it.
     *
     * @param floor events up to this offset may be missing
     * @return whether the events were skipped; if not, the subscription must end
     */
    boolean trySkipEvicted(EventLog log, @Nullable Throwable failure, long floor) {
        if (!(failure instanceof SlowClientException) || promise == StreamStart.Promise.ALL) {
            return false;
        }
        Batch gap = skipEvicted(log, cursor, floor);
        if (gap != null) {
            addControl(gap);
        }
        return true;
    }

    /**
     * Moves the cursor over evicted events, for a client that was promised only the retained ones.
     *
     * @param newCursor the offset after which the stream continues
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

    /** Closes the connection, or aborts it if there is a cause, then notifies the listener. */
    void finish(@Nullable Throwable cause) {
        try {
            if (cause == null) {
                connection.close();
            } else {
                connection.abort();
            }
            endListener.onEnd(cause);
        } catch (RuntimeException | Error unexpected) {
            // A failure of the server or the listener must not affect other subscriptions.
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
