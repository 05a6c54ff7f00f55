package dev.courant.simulation;

import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The settings and steps of one run, all drawn from its seed.
 *
 * @param lifetime the maximum duration of streams
 * @param interleaving the chance in percent that another thread acts between two calls of the log
 */
record Scenario(
        long seed,
        RetentionBounds window,
        ReplayLimit replayLimit,
        int dispatchers,
        @Nullable Duration lifetime,
        int subscribers,
        boolean largeEvents,
        int interleaving,
        List<Step> steps) {

    private static final int MAX_STEPS = 400;

    static Scenario of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        WindowBounds whole = new WindowBounds(
                2 + random.nextInt(random.nextBoolean() ? 8 : 60),
                random.nextInt(3) == 0 ? 300 + random.nextInt(3000) : 1 << 24,
                Duration.ofSeconds(random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 3600));
        WindowBounds topic = random.nextInt(3) > 0
                ? whole
                : new WindowBounds(1 + random.nextInt(whole.maxEvents()), whole.maxBytes(), whole.maxAge());
        ReplayLimit limit = random.nextInt(3) > 0
                ? new ReplayLimit(10_000, 1 << 24)
                : new ReplayLimit(1 + random.nextInt(20), 100 + random.nextInt(4000));
        return new Scenario(
                seed,
                new RetentionBounds(whole, topic),
                limit,
                1 + random.nextInt(2),
                random.nextInt(4) == 0 ? Duration.ofSeconds(5 + random.nextInt(300)) : null,
                1 + random.nextInt(4),
                random.nextInt(20) == 0,
                random.nextInt(3) * 10,
                steps(random));
    }

    /** Draws the steps. Each seed prefers some kinds and omits others, so that rare combinations occur too. */
    private static List<Step> steps(Random random) {
        List<StepKind> kinds = new ArrayList<>();
        for (StepKind kind : StepKind.values()) {
            int factor = new int[] {0, 1, 1, 1, 4}[random.nextInt(5)];
            for (int i = kind.weight * factor; i > 0; i--) {
                kinds.add(kind);
            }
        }
        List<Step> steps = new ArrayList<>();
        for (int number = 0, end = 50 + random.nextInt(MAX_STEPS - 50); number < end && !kinds.isEmpty(); number++) {
            steps.add(new Step(number, kinds.get(random.nextInt(kinds.size())), random.nextLong()));
        }
        return steps;
    }

    /** Returns this scenario with some of its steps only. */
    Scenario withSteps(List<Step> some) {
        List<Step> sorted =
                some.stream().sorted(Comparator.comparingInt(Step::number)).toList();
        return new Scenario(
                seed, window, replayLimit, dispatchers, lifetime, subscribers, largeEvents, interleaving, sorted);
    }
}
