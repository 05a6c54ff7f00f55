package dev.courant.support;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The time after which a test gives up waiting for a condition. It only has to be shorter than a person's patience: no
 * test that passes waits this long. The load of the machine at the start of the tests multiplies it, by ten at most. The
 * system property {@code courant.test.deadline-factor} overrides that factor.
 */
public final class TestDeadline {

    private static final int MAX_FACTOR = 10;
    private static final double FACTOR = factor();

    /** The deadline for most conditions. */
    public static final Duration DURATION = of(Duration.ofMinutes(2));

    public static final long SECONDS = DURATION.toSeconds();

    private TestDeadline() {}

    /** Returns a deadline that is enough on a quiet machine, adapted to this one. */
    public static Duration of(Duration onAQuietMachine) {
        return Duration.ofMillis((long) (onAQuietMachine.toMillis() * FACTOR));
    }

    private static double factor() {
        String set = System.getProperty("courant.test.deadline-factor");
        if (set != null) {
            return Double.parseDouble(set);
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        double perCore = load / Runtime.getRuntime().availableProcessors();
        return Math.max(1, Math.min(perCore, MAX_FACTOR));
    }
}
