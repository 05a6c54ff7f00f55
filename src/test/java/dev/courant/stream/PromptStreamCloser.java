package dev.courant.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Completes streams at once; patience with those that linger runs out when the test says so. */
final class PromptStreamCloser extends StreamCloser {

    private final List<Runnable> lingering = new ArrayList<>();

    PromptStreamCloser() {
        super(Runnable::run, Duration.ZERO);
    }

    @Override
    synchronized void expect(CountDownLatch over, Runnable cut) {
        lingering.add(cut);
    }

    synchronized void losePatience() {
        lingering.forEach(Runnable::run);
    }
}
