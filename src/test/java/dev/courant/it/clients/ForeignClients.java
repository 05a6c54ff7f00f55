package dev.courant.it.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Third-party clients from package registries, which programs in {@code npm/} and {@code php/} use. */
final class ForeignClients {

    /** The directory of {@code npm install}, in which programs in {@code target/test-classes} find packages. */
    private static final Path PACKAGES = Path.of("target", "node_modules");

    private static final Path PHP = Path.of("/usr/share/php");

    private ForeignClients() {}

    /** Skips a test without the clients. Call it in {@code @BeforeEach}: reports omit a class that is skipped as a whole. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), "The clients of npm and Debian are not installed; see CONTRIBUTING.md");
    }

    static boolean isInstalled() {
        return Files.exists(PACKAGES.resolve("mercure"))
                && Files.exists(PACKAGES.resolve("@ai-sdk/react"))
                && Files.exists(PHP.resolve("Symfony/Component/Mercure/Hub.php"))
                && Files.exists(PHP.resolve("Twig/autoload.php"));
    }

    /** Reads a file of an npm package. */
    static byte[] readPackageFile(String path) throws IOException {
        return Files.readAllBytes(PACKAGES.resolve(path));
    }

    /** Reads an HTML page that uses a client. */
    static byte[] readPage(String name) throws IOException {
        return Files.readAllBytes(findProgram(name));
    }

    /** Runs a program to its end, and returns its output. */
    static String run(String name, List<?> args, String... more) throws Exception {
        List<Object> all = new ArrayList<>(args);
        all.addAll(List.of(more));
        Process process = command(name, all).start();
        try (InputStream output = process.getInputStream()) {
            String printed = new String(output.readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ": " + printed);
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a subscriber that prints its events. */
    static ForeignSubscriber subscribe(Object... args) throws IOException {
        return new ForeignSubscriber(command("npm/subscribe.mjs", List.of(args)).start());
    }

    static ProcessBuilder command(String name, List<?> args) {
        List<String> command = new ArrayList<>();
        if (name.endsWith(".php")) {
            command.addAll(List.of("php", "-d", "display_errors=stderr"));
        } else {
            command.add(findNode());
        }
        command.add(findProgram(name).toString());
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static Path findProgram(String name) {
        try {
            return Path.of(Objects.requireNonNull(ForeignClients.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the Node.js of Playwright. */
    private static String findNode() {
        return Driver.ensureDriverInstalled(Map.of(), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }
}
