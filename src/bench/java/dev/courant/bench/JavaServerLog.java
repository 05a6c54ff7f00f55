package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output and the garbage collection log of a Java server.
 *
 * @param collections the file that {@code -Xlog:gc} writes
 */
record JavaServerLog(ServerProcess server, Path collections) {

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(");
    private static final Pattern TROUBLE = Pattern.compile("\\b[A-Za-z]+(Error|Exception)\\b");
    private static final int MAX_QUOTED_CHARACTERS = 240;

    static Path collections(Path folder) {
        return folder.resolve("gc.log");
    }

    /** Returns the exceptions in the output with their numbers of lines, and the first line of each. */
    String describeProblems() {
        List<String> parts = new ArrayList<>(server.process().isAlive() ? List.of() : List.of("the process has ended"));
        Map<String, Integer> counts = new LinkedHashMap<>();
        server.output().lines().forEach(line -> {
            Matcher named = TROUBLE.matcher(line);
            if (named.find() && counts.merge(named.group(), 1, Integer::sum) == 1) {
                parts.add("«"
                        + line.strip()
                                .substring(
                                        0,
                                        Math.min(
                                                MAX_QUOTED_CHARACTERS,
                                                line.strip().length())) + "»");
            }
        });
        counts.forEach((name, count) -> parts.add(count + " lines with " + name));
        return String.join(", ", parts);
    }

    /** Returns the maximum heap usage before a collection, in megabytes. */
    long peakHeapMb() {
        try {
            return COLLECTION
                    .matcher(Files.readString(collections))
                    .results()
                    .mapToLong(each -> Long.parseLong(each.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException none) {
            return 0;
        }
    }
}
