package dev.courant.prose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lists the offences in files and directories: {@code java -cp target/test-classes dev.courant.prose.ListProse <path>
 * ...}. With {@code --rule <name>} it lists those of one rule, and with {@code --count} only the figures of each
 * directory.
 */
public final class ListProse {

    private ListProse() {}

    public static void main(String[] args) throws IOException {
        List<String> paths = new ArrayList<>(Arrays.asList(args));
        boolean onlyCounts = paths.remove("--count");
        int option = paths.indexOf("--rule");
        String rule = option < 0 ? "" : paths.get(option + 1);
        if (option >= 0) {
            paths.subList(option, option + 2).clear();
        }
        if (paths.isEmpty()) {
            System.err.println("Usage: java -cp target/test-classes dev.courant.prose.ListProse"
                    + " [--rule <name>] [--count] <file or directory> ...");
            System.exit(2);
        }
        List<Offence> offences = new ArrayList<>();
        for (String path : paths) {
            offences.addAll(ProjectProse.offences(Path.of(path)));
        }
        offences.removeIf(offence -> !rule.isEmpty() && !offence.rule().name().equals(rule));
        if (!onlyCounts) {
            offences.forEach(System.out::println);
        }
        counts(offences).forEach((directory, counts) -> System.out.println(directory + ": " + counts));
    }

    private static Map<String, Map<String, Long>> counts(List<Offence> offences) {
        return offences.stream()
                .collect(Collectors.groupingBy(
                        offence -> String.valueOf(offence.file().getParent()),
                        TreeMap::new,
                        Collectors.groupingBy(offence -> offence.rule().name(), TreeMap::new, Collectors.counting())));
    }
}
