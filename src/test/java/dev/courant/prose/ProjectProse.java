package dev.courant.prose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of the project that are checked, and reads their prose. */
final class ProjectProse {

    /** A part of the project with a budget of its own. */
    enum Area {
        MAIN("src/main", "src/launcher"),
        /** Only comments are checked here, since the strings are mostly test data. */
        TESTS("src/test/java", "src/bench/java"),
        DOCS("README.md", "CONTRIBUTING.md", "docs", "examples");

        private final List<Path> roots;

        Area(String... roots) {
            this.roots = Stream.of(roots).map(Path::of).toList();
        }

        List<Offence> offences() throws IOException {
            List<Offence> offences = new ArrayList<>();
            for (Path root : roots) {
                offences.addAll(ProjectProse.offences(root));
            }
            return offences;
        }
    }

    private ProjectProse() {}

    static List<Offence> offences(Path root) throws IOException {
        List<Offence> offences = new ArrayList<>();
        for (Passage passage : passages(root)) {
            ProseRules.ALL.forEach(rule -> offences.addAll(rule.offences(passage)));
        }
        return offences;
    }

    /** Returns the checked text of a file, or of all files in a directory. */
    static List<Passage> passages(Path root) throws IOException {
        List<Passage> passages = new ArrayList<>();
        for (Path file : files(root)) {
            passages.addAll(read(file));
        }
        return passages;
    }

    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<Passage> read(Path file) throws IOException {
        String name = slashed(file);
        if (name.endsWith(".java") || name.endsWith(".js")) {
            return SourceLexer.passages(file, Files.readString(file)).stream()
                    .filter(passage -> passage.kind() != Passage.Kind.STRING || !name.contains("src/test/"))
                    .toList();
        }
        boolean page = name.endsWith(".md") || name.endsWith(".html") || name.endsWith(".txt");
        return page ? PageText.passages(file, Files.readString(file)) : List.of();
    }

    private static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }
}
