package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import dev.courant.log.EventPipe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that publishes each item as the data of an event. It requests further items only while the log keeps up.
 * Thread-safe.
 */
final class PipeSubscriber implements Flow.Subscriber<String> {

    /** The number of items that are requested at a time. */
    private static final int REQUESTED = 256;

    private final Topic topic;
    private final EventPipe pipe;
    private final CompletableFuture<EventPipe.Progress> end = new CompletableFuture<>();
    // All fields are guarded by this.
    private Flow.@Nullable Subscription subscription;
    private int expected; // items that were requested and have not arrived
    private boolean completed;
    private @Nullable Throwable failure;

    PipeSubscriber(Topic topic, EventLog log, Executor executor) {
        this.topic = topic;
        pipe = new EventPipe(log, executor, this::proceed);
    }

    /** Returns a stage that completes when all items are stored, or no further one will be. */
    CompletionStage<EventPipe.Progress> end() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscribed) {
        synchronized (this) {
            subscription = subscribed;
        }
        proceed();
    }

    @Override
    public void onNext(String data) {
        pipe.add(Event.message(topic, data));
        synchronized (this) {
            expected--;
        }
        pipe.flush();
        proceed();
    }

    @Override
    public void onError(Throwable cause) {
        synchronized (this) {
            failure = cause;
        }
        onComplete();
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            completed = true;
        }
        proceed();
    }

    /** Requests further items, or ends. */
    private void proceed() {
        EventPipe.Progress progress = pipe.progress();
        Flow.Subscription current;
        boolean request;
        Throwable cause;
        synchronized (this) {
            current = subscription;
            cause = progress.failure() == null ? failure : progress.failure();
            request = !completed && cause == null && expected == 0 && pipe.hasRoom();
            expected += request ? REQUESTED : 0;
            completed |= progress.failure() != null;
        }
        if (current != null && request) {
            current.request(REQUESTED);
        } else if (current != null && progress.failure() != null) {
            current.cancel();
        }
        if (isCompleted() && pipe.isIdle()) {
            EventPipe.Progress last = pipe.progress();
            end.complete(new EventPipe.Progress(
                    last.stored(), last.lastId(), last.next(), last.failure() == null ? cause : last.failure()));
        }
    }

    private synchronized boolean isCompleted() {
        return completed;
    }
}
