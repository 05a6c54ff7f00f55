package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** WildFly, standalone, as it comes. */
record InstalledWildFly(Path home) implements Installed {

    @Override
    public Start prepare(Path folder, Path war, int port, List<String> options) throws IOException {
        Path base = folder.resolve("standalone");
        Installed.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        Files.copy(war, Files.createDirectories(base.resolve("deployments")).resolve("courant.war"));
        return new Start(
                List.of(
                        home.resolve("bin/standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.http.port=" + port,
                        "-Djboss.https.port=" + ServerProcess.freePort(),
                        "-Djboss.management.http.port=" + ServerProcess.freePort()),
                Map.of("JBOSS_JAVA_SIZING", String.join(" ", options)));
    }
}
