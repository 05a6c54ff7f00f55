package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import dev.courant.log.EventPipe;
import dev.courant.log.LogUnavailableException;
import dev.courant.support.InterfaceFake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests publishing items of a reactive publisher, and of a Java stream. */
class PipeSubscriberTest {

    private static final Topic TOPIC = new Topic("t");

    private final List<CompletableFuture<EventId>> stages = new ArrayList<>(); // completed by the test
    private final EventLog log = InterfaceFake.create(EventLog.class, (method, arguments) -> {
        List<CompletableFuture<EventId>> batch = new ArrayList<>();
        ((List<?>) arguments[0]).forEach(event -> batch.add(new CompletableFuture<>()));
        stages.addAll(batch);
        return batch;
    });
    private final PipeSubscriber subscriber = new PipeSubscriber(TOPIC, log, Runnable::run);
    private final CompletableFuture<EventPipe.Progress> end = subscriber.end().toCompletableFuture();
    private long requested;
    private boolean cancelled;
    private int stored;

    @Test
    void requestsItemsOnlyWhileTheLogKeepsUp() {
        subscribe();
        int items = 0;
        while (items < requested) {
            subscriber.onNext("item " + ++items);
        }
        subscriber.onComplete();

        assertTrue(items > 1000 && items < 2000, items + " items were requested");
        assertEquals(1, stages.size(), "one batch at a time");
        storeAll();
        assertEquals(items, stages.size());
        assertEquals(new EventPipe.Progress(items, "#e-" + items, 0, null), end.join());
    }

    @Test
    void requestsMoreOnceEventsAreStored() {
        subscribe();
        int items = 0;
        while (items < requested) {
            subscriber.onNext("item " + ++items);
        }
        storeAll();

        assertTrue(requested > items);
        assertFalse(end.isDone());
    }

    @Test
    void endsAfterAFailure() {
        subscribe();
        subscriber.onNext("one");
        subscriber.onNext("two");
        storeNext();
        stages.get(1).completeExceptionally(new LogUnavailableException("no"));

        assertTrue(cancelled);
        assertEquals(1, end.join().stored());
        assertInstanceOf(LogUnavailableException.class, end.join().failure());
    }

    @Test
    void storesWhatArrivedBeforeThePublisherFailed() {
        subscribe();
        subscriber.onNext("one");
        subscriber.onError(new IllegalStateException("broken"));
        assertFalse(end.isDone());
        storeAll();

        assertEquals(1, end.join().stored());
        assertInstanceOf(IllegalStateException.class, end.join().failure());
    }

    @Test
    void publishesAStreamOfAnySize() {
        ThreadlessHub hub = new ThreadlessHub(5000);
        EventPipe.Progress progress =
                hub.hub.pipe(TOPIC, Stream.iterate(1, i -> i + 1).limit(3000).map(String::valueOf));

        assertEquals(3000, progress.stored());
        assertEquals(3000, hub.log.head());
        assertEquals(0, hub.hub.pipe(TOPIC, Stream.empty()).stored());
    }

    private void subscribe() {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested += n;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }

    private void storeNext() {
        int next = stored++;
        stages.get(next).complete(new EventId("e", next + 1));
    }

    private void storeAll() {
        while (stored < stages.size()) {
            storeNext();
        }
    }
}
