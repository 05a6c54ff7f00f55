package dev.courant.simulation;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Verifies that the simulation finds planted bugs. By default it searches for a sample; with the system property
 * {@code simulation.bugs} for those whose names match, {@code .*} for all.
 */
class PlantedBugTest {

    private static final int SEEDS = 10_000;

    private static final String SAMPLE = "hub-(wake-up-dropped|floor-read-before-entries|dispatcher-spins-on-damage)"
            + "|log-(key-forgotten|floor-of-removed-topics-forgotten)"
            + "|journal-(no-fsync-of-the-file|no-fsync-of-the-directory|epoch-continues-after-a-crash|damage-is-silent"
            + "|killed-process-not-synced)";

    static List<PlantedBug> bugs() throws IOException {
        String names = System.getProperty("simulation.bugs", SAMPLE);
        return PlantedBug.all().stream()
                .filter(bug -> bug.name().matches(names))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(PlantedBug bug) throws Exception {
        Class<?> search = PatchedClasses.of(bug).loadClass(SeedSearch.class.getName());
        @SuppressWarnings("unchecked")
        LongFunction<String> found =
                (LongFunction<String>) search.getConstructor().newInstance();
        String failure = found.apply(SEEDS);
        System.out.println(bug + ": " + failure);
        assertNotNull(failure, () -> "No seed below " + SEEDS + " finds " + bug);
    }
}
