package dev.courant.journal;

import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A wait for a condition that another thread makes true. */
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
