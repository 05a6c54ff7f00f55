package dev.courant.sse;

import dev.courant.support.TestDeadline;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sink that is not a {@link ResponseSink}. It records its events. */
final class RecordingSink implements SseEventSink {

    final BlockingQueue<OutboundSseEvent> sent = new LinkedBlockingQueue<>();
    final CountDownLatch blocking = new CountDownLatch(1); // counted down once a send blocks
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch closing = new CountDownLatch(1);
    volatile boolean blocks;
    volatile @Nullable RuntimeException throwsOnSend;
    volatile @Nullable Throwable failsItsStage;

    /** Returns the next event with data, which must arrive within the test deadline. */
    OutboundSseEvent next() throws InterruptedException {
        while (true) {
            OutboundSseEvent event = sent.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event arrived");
            }
            if (event.getData() != null) {
                return event;
            }
        }
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (throwsOnSend != null) {
            throw throwsOnSend;
        }
        if (failsItsStage != null) {
            return CompletableFuture.failedFuture(failsItsStage);
        }
        if (blocks) {
            blocking.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        sent.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isClosed() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
