package dev.courant.sse;

import dev.courant.event.EventFrame;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.support.TestDeadline;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that is always writable. It records its events. */
final class RecordingConnection implements Connection {

    final BlockingQueue<EventFrame> sent = new LinkedBlockingQueue<>();
    final CountDownLatch closing = new CountDownLatch(1);
    volatile @Nullable RuntimeException throwsOnWrite;

    /** Returns the next event, which must arrive within the test deadline. */
    EventFrame next() throws InterruptedException {
        EventFrame event = sent.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event arrived");
        }
        return event;
    }

    @Override
    public void open(Listener listener) {
        listener.onWritable();
    }

    @Override
    public boolean write(Batch batch) {
        if (throwsOnWrite != null) {
            throw throwsOnWrite;
        }
        batch.entries().forEach(entry -> sent.add(EventFrame.read(entry.frame())));
        return true;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
