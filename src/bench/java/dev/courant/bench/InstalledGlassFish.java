package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GlassFish or Payara Server, with its own copy of the domain, on ports that do not conflict with another domain. */
record InstalledGlassFish(Path home) implements InstalledServer {

    private static final String DOMAIN = "domain1";
    private static final String HTTP = " port=\"8080\"";
    private static final Pattern OTHERS = Pattern.compile(" port=\"\\d+\"");

    /** The default message broker would use the same port in each domain. */
    private static final String NETWORK = "<network-config>";

    private static final String MESSAGES =
            "<jms-service type=\"EMBEDDED\" default-jms-host=\"default_JMS_host\"><jms-host name=\"default_JMS_host\""
                    + " host=\"localhost\" port=\"7676\" admin-user-name=\"admin\" admin-password=\"admin\""
                    + " lazy-init=\"true\"/></jms-service>";
    private static final String HEAP = "<jvm-options>-Xmx512m</jvm-options>";

    @Override
    public LaunchCommand prepare(Path folder, Path war, int port, List<String> options) throws IOException {
        Path from = home.resolve("glassfish/domains").resolve(DOMAIN);
        Path domain = folder.resolve(DOMAIN);
        for (String each : List.of("config", "lib", "docroot", "init-info")) {
            if (Files.isDirectory(from.resolve(each))) {
                InstalledServer.copy(from.resolve(each), domain.resolve(each));
            }
        }
        Files.copy(war, Files.createDirectories(domain.resolve("autodeploy")).resolve("courant.war"));
        Path settings = domain.resolve("config/domain.xml");
        String ours = " port=\"" + port + '"';
        String all = Files.readString(settings).replace(HTTP, ours).replaceFirst(NETWORK, MESSAGES + NETWORK);
        String ports = OTHERS.matcher(all)
                .replaceAll(each -> each.group().equals(ours) ? ours : " port=\"" + ServerProcess.freePort() + '"');
        String jvm = options.stream()
                .map(each -> "<jvm-options>" + each + "</jvm-options>")
                .collect(Collectors.joining());
        Files.writeString(settings, ports.replace(HEAP, jvm));
        return new LaunchCommand(
                List.of(
                        home.resolve("bin/asadmin").toString(),
                        "start-domain",
                        "--verbose",
                        "--domaindir",
                        folder.toString(),
                        DOMAIN),
                Map.of("AS_JAVA", System.getProperty("java.home")));
    }
}
