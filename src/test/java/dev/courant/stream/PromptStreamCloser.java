package dev.courant.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A closer that completes streams at once. A test expires the timeout of closing streams. */
final class PromptStreamCloser extends StreamCloser {

    private final List<Runnable> aborts = new ArrayList<>();

    PromptStreamCloser() {
        super(Runnable::run, Duration.ZERO);
    }

    @Override
    synchronized void abortAfterTimeout(CountDownLatch end, Runnable abort) {
        aborts.add(abort);
    }

    synchronized void expireTimeout() {
        aborts.forEach(Runnable::run);
    }
}
