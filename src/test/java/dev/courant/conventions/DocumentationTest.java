package dev.courant.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the links, the class names and the Java examples of the documentation. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path ARCHITECTURE = Path.of("docs", "architecture.md");
    private static final Path GETTING_STARTED = Path.of("docs", "getting-started.md");
    private static final int MAX_README_LINES = 130;

    /** An identifier of two words or more, alone or before a method. */
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)(\\.\\w+)?`");

    /** Names of the standards in the architecture page. */
    private static final Set<String> NOT_OURS = Set.of(
            "EventSource",
            "ManagedScheduledExecutorService",
            "ManagedThreadFactory",
            "SocketChannel",
            "SseBroadcaster",
            "SseEventSink");

    @Test
    void linksLeadToFilesAndHeadingsThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String link : page.links()) {
                if (!URI.create(link).isAbsolute()) {
                    links++;
                    if (!exists(page, link)) {
                        broken.add(page.path() + ": " + link);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 50, "links were found");
    }

    private static boolean exists(MarkdownPage page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path directory = page.path().toAbsolutePath().getParent();
        Path target =
                parts[0].isEmpty() ? page.path() : directory.resolve(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
    }

    @Test
    void theReadmeIsShortAndLinksToEveryPage() throws IOException {
        MarkdownPage readme = MarkdownPage.read(README);
        assertTrue(
                readme.lines().size() <= MAX_README_LINES,
                () -> "lines of the README: " + readme.lines().size());
        Set<Path> unlinked = MarkdownPage.all().stream().map(MarkdownPage::path).collect(Collectors.toSet());
        unlinked.remove(README);
        readme.links().forEach(link -> unlinked.remove(Path.of(link.replaceFirst("#.*", ""))));
        assertEquals(Set.of(), unlinked);
    }

    @Test
    void theArchitecturePageNamesClassesThatExist() throws IOException {
        Set<String> unknown = new TreeSet<>(CLASS_NAME
                .matcher(MarkdownPage.read(ARCHITECTURE).text())
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList());
        assertTrue(unknown.size() > 30, "names were found");
        unknown.removeAll(NOT_OURS);
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            sources.map(source -> source.getFileName().toString().replaceFirst("\\.java$", ""))
                    .forEach(unknown::remove);
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void theJavaExamplesCompile(@TempDir Path classes) throws IOException {
        List<String> examples = MarkdownPage.read(GETTING_STARTED).code("java");
        assertEquals(2, examples.size());
        List<SourceFile> sources = List.of(
                new SourceFile("SubscribeExample", asClass(examples.get(0))),
                new SourceFile("Greeting", examples.get(1)));
        StringWriter complaints = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(complaints, null, null, options, null, sources)
                .call();
        assertTrue(compiled, complaints::toString);
    }

    /** Returns a class with a method that has the statements of an example. */
    private static String asClass(String statements) {
        return """
                import jakarta.ws.rs.client.*;
                import jakarta.ws.rs.core.*;
                import jakarta.ws.rs.sse.*;
                class SubscribeExample {
                    void run() throws Exception {
                %s
                    }
                }
                """.formatted(statements);
    }

    private static final class SourceFile extends SimpleJavaFileObject {

        private final String text;

        SourceFile(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
