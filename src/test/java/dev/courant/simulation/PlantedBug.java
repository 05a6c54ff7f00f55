package dev.courant.simulation;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that the simulation must find: a small patch to one class of the production code. The file has the path of the
 * source in its first line, then the lines to remove and the lines to add, as in a diff.
 *
 * @param file the path of the source, below the root of the main sources
 */
record PlantedBug(String name, Path file, String removed, String added) {

    static final Path MAIN_SOURCES = Path.of("src/main/java");

    private static final Path PATCHES = Path.of("src/test/resources/simulation");

    /** Returns all planted bugs, in the order of their names. */
    static List<PlantedBug> all() throws IOException {
        List<PlantedBug> bugs = new ArrayList<>();
        try (Stream<Path> patches = Files.list(PATCHES)) {
            for (Path patch : patches.sorted(Comparator.naturalOrder()).toList()) {
                bugs.add(read(patch));
            }
        }
        return bugs;
    }

    private static PlantedBug read(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        return new PlantedBug(
                patch.getFileName().toString().replace(".patch", ""),
                Path.of("dev/courant", lines.get(0).substring("--- ".length())),
                linesAfter("-", lines),
                linesAfter("+", lines));
    }

    private static String linesAfter(String mark, List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(1) + '\n')
                .collect(joining());
    }

    /** Returns the source with the bug. */
    String source() throws IOException {
        String source = Files.readString(MAIN_SOURCES.resolve(file));
        int at = source.indexOf(removed);
        if (removed.isEmpty() || at < 0 || source.indexOf(removed, at + 1) >= 0) {
            throw new IllegalStateException("The lines to remove must be once in " + file + ", for " + name
                    + ". Update the patch:\n" + removed);
        }
        return source.substring(0, at) + added + source.substring(at + removed.length());
    }

    @Override
    public String toString() {
        return name;
    }
}
