package dev.courant.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The availability of a test's server. Threads of clients wait here while it is down. Thread-safe. */
public final class ServerAvailability {

    private static final long TIMEOUT_SECONDS = TestDeadline.SECONDS;

    private CountDownLatch up = new CountDownLatch(0);

    public synchronized void down() {
        up = new CountDownLatch(1);
    }

    public synchronized void up() {
        up.countDown();
    }

    public void await() throws InterruptedException {
        CountDownLatch next;
        synchronized (this) {
            next = up;
        }
        if (!next.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server has not started again in time");
        }
    }
}
