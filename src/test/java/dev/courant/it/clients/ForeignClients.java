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

/** Clients that others wrote, as registries have them, each driven by a program of {@code npm/} or {@code php/}. */
final class ForeignClients {

    /** Where {@code npm install} puts them; programs in {@code target/test-classes} find them there. */
    private static final Path PACKAGES = Path.of("target", "node_modules");

    private static final Path PHP = Path.of("/usr/share/php");

    private ForeignClients() {}

    /** For {@code @BeforeEach}: what skips a whole class is in no report, what skips each test is. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(isInstalled(), "The clients of npm and Debian are not installed; see CONTRIBUTING.md");
    }

    static boolean isInstalled() {
        return Files.exists(PACKAGES.resolve("mercure"))
                && Files.exists(PHP.resolve("Symfony/Component/Mercure/Hub.php"))
                && Files.exists(PHP.resolve("Twig/autoload.php"));
    }

    /** A file of a package of npm. */
    static byte[] readPackageFile(String path) throws IOException {
        return Files.readAllBytes(PACKAGES.resolve(path));
    }

    /** A page to try one in. */
    static byte[] readPage(String name) throws IOException {
        return Files.readAllBytes(findProgram(name));
    }

    /** What a program prints, once it has ended. */
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

    /** One that goes on, and prints what happens. */
    static ForeignSubscriber subscribe(Object... args) throws IOException {
        return new ForeignSubscriber(command("npm/subscribe.mjs", List.of(args)).start());
    }

    private static ProcessBuilder command(String name, List<?> args) {
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

    /** The one that Playwright brings. */
    private static String findNode() {
        return Driver.ensureDriverInstalled(Map.of(), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }
}
