package dev.courant.journal;

import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread will have done. */
final class AwaitCondition {

    private static final Duration PATIENCE = TestDeadline.DURATION;

    private AwaitCondition() {}

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
