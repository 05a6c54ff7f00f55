package dev.courant.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path relative to the top directory
 * @param lines of the file
 */
record MarkdownPage(Path path, List<String> lines) {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)[ #]*");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern LINK_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}\\p{M}_ -]");
    private static final String FENCE = "```";

    MarkdownPage {
        lines = List.copyOf(lines);
    }

    /** Reads every page, the README first. */
    static List<MarkdownPage> all() throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String path : List.of(
                "README.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docker/README.md",
                "examples/ai-chat/README.md",
                "examples/use-cases/README.md")) {
            paths.add(Path.of(path));
        }
        try (Stream<Path> docs = Files.list(DOCS)) {
            docs.filter(path -> path.toString().endsWith(".md")).sorted().forEach(paths::add);
        }
        List<MarkdownPage> pages = new ArrayList<>();
        for (Path path : paths) {
            pages.add(read(path));
        }
        return pages;
    }

    static MarkdownPage read(Path path) throws IOException {
        return new MarkdownPage(path, Files.readAllLines(path, UTF_8));
    }

    /** Returns the targets of all links and images outside code blocks. */
    List<String> links() {
        return LINK.matcher(text()).results().map(link -> link.group(1)).toList();
    }

    /** Returns the anchors of the headings, as GitHub derives them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> used = new HashMap<>();
        for (String line : text().split("\n", -1)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = anchorOf(heading.group(1));
                int before = used.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + '-' + before);
            }
        }
        return anchors;
    }

    private static String anchorOf(String heading) {
        String text =
                LINK_TEXT.matcher(heading).replaceAll(link -> link.group(1)).toLowerCase(Locale.ROOT);
        return NOT_IN_ANCHOR.matcher(text).replaceAll("").replace(' ', '-');
    }

    /** Returns the code blocks of a language. */
    List<String> code(String language) {
        Pattern block = Pattern.compile(FENCE + language + "\n(.*?)\n" + FENCE, Pattern.DOTALL);
        return block.matcher(String.join("\n", lines))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Returns all lines outside code blocks. */
    String text() {
        StringBuilder text = new StringBuilder();
        boolean code = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                code = !code;
            } else if (!code) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
