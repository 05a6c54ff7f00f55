package dev.courant.simulation;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Verifies that the simulation finds planted bugs. By default it searches for a sample; with the system property
 * {@code simulation.bugs} for those whose names match, {@code .*} for all.
 */
class PlantedBugTest {

    private static final int SEEDS = 10_000;

    private static final int MAX_STEPS = 60;

    private static final String SAMPLE = "hub-(wake-up-dropped|floor-read-before-entries)|log-key-forgotten"
            + "|journal-(no-fsync-of-the-(file|directory)|epoch-continues-after-a-crash)";

    static List<PlantedBug> bugs() throws IOException {
        String names = System.getProperty("simulation.bugs", SAMPLE);
        return PlantedBug.all().stream()
                .filter(bug -> bug.name().matches(names))
                .toList();
    }

    /** Verifies that a seed fails, and that few of its steps suffice. */
    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(PlantedBug bug) throws Exception {
        try (QuietLogging quiet = new QuietLogging()) {
            Class<?> search = PatchedClasses.of(bug).loadClass(SeedSearch.class.getName());
            @SuppressWarnings("unchecked")
            LongFunction<String> seeds =
                    (LongFunction<String>) search.getConstructor().newInstance();
            String failure = seeds.apply(SEEDS);
            System.out.println(bug + ": " + failure);
            assertNotNull(failure, () -> "No seed below " + SEEDS + " finds " + bug);
            Matcher steps = Pattern.compile("seed [0-9]+, ([0-9]+) steps.*", Pattern.DOTALL)
                    .matcher(failure);
            assertTrue(steps.matches() && Integer.parseInt(steps.group(1)) <= MAX_STEPS, failure);
        }
    }
}
