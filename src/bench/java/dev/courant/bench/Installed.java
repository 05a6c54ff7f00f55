package dev.courant.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Jakarta EE server under {@code target/servers}, where the profiles of its name unpack it. It is left as it is. */
interface Installed {

    /** How it is started. */
    record Start(List<String> command, Map<String, String> environment) {}

    /**
     * Makes all that it is to write to, with the application in it.
     *
     * @param folder to be made in
     * @param port of its own, for HTTP
     * @param options of its JVM
     */
    Start prepare(Path folder, Path war, int port, List<String> options) throws IOException;

    /** By the name of its profile. */
    static Installed named(String name) {
        return switch (name) {
            case "payara-server" -> new InstalledGlassFish(home("payara6"));
            case "payara-server-7" -> new InstalledGlassFish(home("payara7"));
            case "glassfish" -> new InstalledGlassFish(home("glassfish7"));
            case "wildfly" -> new InstalledWildFly(home("wildfly-"));
            case "openliberty" -> new InstalledLiberty(home("wlp"));
            default -> throw new IllegalArgumentException("no such server: " + name);
        };
    }

    private static Path home(String prefix) {
        Path servers = Path.of("target", "servers").toAbsolutePath();
        try (Stream<Path> all = Files.list(servers)) {
            return all.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(prefix + " is not in " + servers
                            + ": mvn -P<server> dependency:unpack@server antrun:run@server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        Files.createDirectories(to.getParent());
        for (Path each : all) {
            Files.copy(each, to.resolve(from.relativize(each).toString()));
        }
    }
}
