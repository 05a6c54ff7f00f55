package dev.courant.simulation;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Finds the first seed that breaks a rule. It exists once for each {@link PatchedClasses}. */
public final class SeedSearch implements LongFunction<@Nullable String> {

    /**
     * Tries seeds from 0 on.
     *
     * @param seeds their number
     * @return the summary of the failure, or {@code null} if none breaks one
     */
    @Override
    public @Nullable String apply(long seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            BrokenRuleException broken = Simulation.run(Scenario.of(seed), line -> {});
            if (broken != null) {
                SimulationFailure shrunk = SimulationFailure.shrink(Scenario.of(seed), broken);
                return shrunk.summary();
            }
        }
        return null;
    }
}
