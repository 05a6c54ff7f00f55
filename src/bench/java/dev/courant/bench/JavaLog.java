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
 * What a server in Java says of itself.
 *
 * @param collections the file in which its JVM notes them, by {@code -Xlog:gc}
 */
record JavaLog(ServerProcess server, Path collections) {

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(");
    private static final Pattern TROUBLE = Pattern.compile("\\b[A-Za-z]+(Error|Exception)\\b");
    private static final int MOST_QUOTED = 240;

    static Path collections(Path folder) {
        return folder.resolve("gc.log");
    }

    /** Which exceptions it names, and the first line that names one. */
    String trouble() {
        List<String> parts = new ArrayList<>(server.process().isAlive() ? List.of() : List.of("it died"));
        Map<String, Integer> counts = new LinkedHashMap<>();
        server.said().lines().forEach(line -> {
            Matcher named = TROUBLE.matcher(line);
            if (named.find() && counts.merge(named.group(), 1, Integer::sum) == 1) {
                parts.add("«"
                        + line.strip()
                                .substring(0, Math.min(MOST_QUOTED, line.strip().length())) + "»");
            }
        });
        counts.forEach((name, count) -> parts.add(count + " lines with " + name));
        return String.join(", ", parts);
    }

    /** The most that the heap held when it was collected, in megabytes. */
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
