package dev.courant.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the server of a test is there, for those threads that go on when it is again. */
public final class ServerAvailability {

    private static final long PATIENCE_SECONDS = TestDeadline.SECONDS;

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
        if (!next.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server is not there");
        }
    }
}
