package dev.courant.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Tests that the tests which docs/mercure-conformance.md names exist. */
class ConformanceTableTest {

    private static final Path TABLE = Path.of("docs", "mercure-conformance.md");

    /** A row: section, requirement, level, status and tests. */
    private static final int CELLS = 5;

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void namesTestsThatExist() throws Exception {
        Map<String, String> classes = testClasses();
        List<String> lost = rows().stream()
                .flatMap(row -> TEST.matcher(row.get(CELLS - 1)).results())
                .filter(test -> !isTest(classes, test))
                .map(MatchResult::group)
                .toList();
        assertEquals(List.of(), lost);
    }

    @Test
    void namesATestForEachThatIsKeptAndAReasonForEachThatIsNot() throws IOException {
        List<List<String>> rows = rows();
        assertTrue(rows.size() > 100, "there are rows");
        for (List<String> row : rows) {
            String kept = row.get(CELLS - 2);
            assertEquals(CELLS, row.size(), row::toString);
            assertTrue(row.get(2).matches("(MUST|SHOULD)( NOT)?"), row::toString);
            assertTrue(kept.matches("kept\\b.*|not kept\\b.{10,}|not applicable: .+"), row::toString);
            assertTrue(
                    !kept.startsWith("kept") || TEST.matcher(row.get(CELLS - 1)).find(), row::toString);
        }
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| section"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static boolean isTest(Map<String, String> classes, MatchResult test) {
        String name = classes.get(test.group(1));
        if (name == null) {
            return false;
        }
        try {
            return Arrays.stream(Class.forName(name, false, ConformanceTableTest.class.getClassLoader())
                            .getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(test.group(2))
                            && AnnotationSupport.isAnnotated(method, Testable.class));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the test classes by their simple names. */
    private static Map<String, String> testClasses() throws IOException, URISyntaxException {
        Path root = Path.of(ConformanceTableTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith("Test.class") || file.endsWith("IT.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toMap(
                            name -> name.substring(name.lastIndexOf('.') + 1), Function.identity(), (one, two) -> one));
        }
    }
}
