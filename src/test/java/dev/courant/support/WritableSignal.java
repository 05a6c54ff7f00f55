package dev.courant.support;

import jakarta.servlet.WriteListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that counts how often an output stream became writable. */
public final class WritableSignal implements WriteListener {

    public final AtomicInteger calls = new AtomicInteger();
    public final CountDownLatch writable = new CountDownLatch(1);

    @Override
    public void onWritePossible() {
        calls.incrementAndGet();
        writable.countDown();
    }

    @Override
    public void onError(Throwable broken) {
        throw new AssertionError(broken);
    }
}
