package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with the features of the web profile. */
record InstalledLiberty(Path home) implements InstalledServer {

    @Override
    public LaunchCommand prepare(Path folder, Path war, int port, List<String> options) throws IOException {
        Path users = folder.resolve("usr");
        Path server = users.resolve("servers/defaultServer");
        Files.copy(war, Files.createDirectories(server.resolve("dropins")).resolve("courant.war"));
        Files.write(server.resolve("jvm.options"), options);
        Files.writeString(server.resolve("server.xml"), """
                <server>
                  <featureManager>
                    <feature>webProfile-10.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" httpPort="%d" httpsPort="-1"/>
                </server>
                """.formatted(port));
        return new LaunchCommand(
                List.of(home.resolve("bin/server").toString(), "run", "defaultServer"),
                Map.of("WLP_USER_DIR", users.toString()));
    }
}
