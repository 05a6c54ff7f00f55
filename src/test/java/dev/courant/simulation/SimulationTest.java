package dev.courant.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs the simulation with many seeds. The system property {@code simulation.seeds} changes their number,
 * {@code simulation.first} the first one. With {@code simulation.seed} one seed is replayed, with
 * {@code simulation.steps} only some of its steps.
 */
class SimulationTest {

    private static QuietLogging quiet;

    @BeforeAll
    static void discardLogRecords() {
        quiet = new QuietLogging();
    }

    @AfterAll
    static void showLogRecordsAgain() {
        quiet.close();
    }

    @Test
    void noSeedBreaksARule() {
        Long seed = Long.getLong("simulation.seed");
        if (seed == null) {
            runSeeds();
        } else {
            replay(seed);
        }
    }

    private static void runSeeds() {
        long first = Long.getLong("simulation.first", 0);
        long seeds = Long.getLong("simulation.seeds", 2_000);
        long startedAt = System.nanoTime();
        long[] steps = {0};
        SimulationFailure failure = LongStream.range(first, first + seeds)
                .mapToObj(Scenario::of)
                .peek(scenario -> steps[0] += scenario.steps().size())
                .map(SimulationTest::run)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
        System.out.printf(
                "%,d seeds, %,d steps, %d s%n", seeds, steps[0], (System.nanoTime() - startedAt) / 1_000_000_000);
        if (failure != null) {
            fail(failure.report());
        }
    }

    private static void replay(long seed) {
        String numbers = System.getProperty("simulation.steps");
        Scenario scenario = Scenario.of(seed);
        if (numbers != null) {
            Set<String> some = Arrays.stream(numbers.split(",")).collect(Collectors.toSet());
            scenario = scenario.withSteps(scenario.steps().stream()
                    .filter(step -> some.contains(String.valueOf(step.number())))
                    .toList());
        }
        BrokenRuleException broken = Simulation.run(scenario, System.out::println);
        if (broken != null) {
            throw broken;
        }
    }

    @Test
    void theSameSeedDoesTheSame() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(trace(seed), trace(seed));
        }
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        Simulation.run(Scenario.of(seed), lines::add);
        return lines;
    }

    private static @Nullable SimulationFailure run(Scenario scenario) {
        BrokenRuleException broken = Simulation.run(scenario, line -> {});
        return broken == null ? null : SimulationFailure.shrink(scenario, broken);
    }
}
