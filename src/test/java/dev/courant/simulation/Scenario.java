package dev.courant.simulation;

import dev.courant.journal.JournalBounds;
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
 * @param journal {@code null} for a log in memory only
 * @param interleaving the chance in percent that another thread acts between two calls of the log
 */
record Scenario(
        long seed,
        RetentionBounds window,
        ReplayLimit replayLimit,
        int dispatchers,
        @Nullable Duration lifetime,
        @Nullable JournalSetup journal,
        int subscribers,
        boolean largeEvents,
        int interleaving,
        List<Step> steps) {

    private static final int MAX_STEPS = 400;

    /**
     * The settings of a journal.
     *
     * @param synced whether each event is synced before it is acknowledged
     */
    record JournalSetup(JournalBounds bounds, boolean synced) {

        static JournalSetup of(Random random) {
            return new JournalSetup(
                    new JournalBounds(
                            random.nextBoolean() ? 1 + random.nextInt(100) : 1000,
                            JournalBounds.LEAST_BYTES,
                            Duration.ofSeconds(random.nextInt(4) == 0 ? 30 + random.nextInt(600) : 86_400)),
                    random.nextBoolean());
        }
    }

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
                random.nextInt(4) == 0 ? null : JournalSetup.of(random),
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
                seed,
                window,
                replayLimit,
                dispatchers,
                lifetime,
                journal,
                subscribers,
                largeEvents,
                interleaving,
                sorted);
    }
}
