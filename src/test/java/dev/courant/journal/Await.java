package dev.courant.journal;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread will have done. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
