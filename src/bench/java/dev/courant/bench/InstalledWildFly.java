package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** WildFly with its default standalone configuration. */
record InstalledWildFly(Path home) implements InstalledServer {

    @Override
    public LaunchCommand prepare(Path folder, Path war, int port, List<String> options) throws IOException {
        Path base = folder.resolve("standalone");
        InstalledServer.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        Files.copy(war, Files.createDirectories(base.resolve("deployments")).resolve("courant.war"));
        return new LaunchCommand(
                List.of(
                        home.resolve("bin/standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.http.port=" + port,
                        "-Djboss.https.port=" + ServerProcess.freePort(),
                        "-Djboss.management.http.port=" + ServerProcess.freePort()),
                Map.of("JBOSS_JAVA_SIZING", String.join(" ", options)));
    }
}
