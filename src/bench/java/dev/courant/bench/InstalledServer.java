package dev.courant.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Jakarta EE server that a Maven profile has unpacked into {@code target/servers}. Its files are not modified. */
interface InstalledServer {

    /** The command and the environment that start the server. */
    record LaunchCommand(List<String> command, Map<String, String> environment) {}

    /**
     * Creates the folder that the server writes to, with the application deployed in it.
     *
     * @param folder the folder to write to
     * @param port the port for HTTP
     * @param options the options of the JVM
     */
    LaunchCommand prepare(Path folder, Path war, int port, List<String> options) throws IOException;

    /** Returns the server of a Maven profile. */
    static InstalledServer ofProfile(String name) {
        return switch (name) {
            case "payara-server" -> new InstalledGlassFish(findHome("payara6"));
            case "payara-server-7" -> new InstalledGlassFish(findHome("payara7"));
            case "glassfish" -> new InstalledGlassFish(findHome("glassfish7"));
            case "wildfly" -> new InstalledWildFly(findHome("wildfly-"));
            case "openliberty" -> new InstalledLiberty(findHome("wlp"));
            default -> throw new IllegalArgumentException("unknown server:  " + name);
        };
    }

    private static Path findHome(String prefix) {
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

    /** Copies a folder recursively. */
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
