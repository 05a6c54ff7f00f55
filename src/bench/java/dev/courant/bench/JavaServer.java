package dev.courant.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A server in a JVM: Courant's uber-jar, Payara Micro with the standard broadcaster, or another server with the WAR. */
final class JavaServer implements ServerUnderTest {

    private static final Path TARGET = Path.of("target");
    private static final List<String> STOCK_CLASSES = List.of("StockApplication", "StockTopic");

    private static final String SSE = "/sse/";

    private final String name;
    private final String streams;
    private final String publications;
    private final int port;
    private final ServerProcess server;
    private final JavaServerLog log;

    /** @param folder the folder of the process, which contains the garbage collection log */
    private JavaServer(String name, int port, String root, String streams, ServerProcess server, Path folder) {
        this.name = name;
        this.port = port;
        this.streams = root + streams;
        publications = root + SSE;
        this.server = server;
        log = new JavaServerLog(server, JavaServerLog.collections(folder));
    }

    private static JavaServer start(String name, String streams, LoadOptions load, List<String> program, Path folder)
            throws IOException {
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(options(load, folder));
        command.addAll(program);
        command.addAll(List.of("--port", Integer.toString(port)));
        return new JavaServer(name, port, "", streams, new ServerProcess(folder, command), folder);
    }

    private static List<String> options(LoadOptions load, Path folder) {
        return List.of("-Xmx" + load.heap(), "-Xlog:gc:file=" + JavaServerLog.collections(folder));
    }

    /** Starts a Jakarta EE server with the WAR. */
    static JavaServer installed(String name, LoadOptions load) throws IOException, InterruptedException {
        Path folder = createFolder();
        int port = ServerProcess.freePort();
        InstalledServer.LaunchCommand start = InstalledServer.ofProfile(name)
                .prepare(folder, TARGET.resolve("courant.war"), port, options(load, folder));
        Map<String, String> environment = new TreeMap<>(start.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("COURANT_PUBLISH_ANONYMOUS", "bench/**");
        ServerProcess server = new ServerProcess(folder, start.command(), environment);
        return new JavaServer(name, port, "/courant", SSE, server, folder).awaitReady("/courant/ops/health/ready");
    }

    /** Starts a server whose topics are followed with the Mercure protocol and published to at {@code /sse}. */
    static JavaServer mercure(LoadOptions load) throws IOException, InterruptedException {
        return courant("mercure", "/.well-known/mercure?match=", load, createFolder(), List.of());
    }

    static JavaServer courant(LoadOptions load) throws IOException, InterruptedException {
        return courant("courant", SSE, load, createFolder(), List.of());
    }

    /** @param sync the value of {@code courant.journal.sync} */
    static JavaServer journal(String sync, LoadOptions load) throws IOException, InterruptedException {
        Path folder = createFolder();
        List<String> settings =
                List.of("-Dcourant.journal.dir=" + folder.resolve("journal"), "-Dcourant.journal.sync=" + sync);
        return courant("journal, " + sync, SSE, load, folder, settings);
    }

    /** Starts a node; all nodes share one Kafka topic. */
    static JavaServer node(String name, KafkaBroker broker, LoadOptions load) throws IOException, InterruptedException {
        List<String> settings = List.of(
                "-Dcourant.kafka.bootstrap-servers=" + broker.servers(), "-Dcourant.kafka.topic=" + broker.topic());
        return courant(name, SSE, load, createFolder(), settings);
    }

    private static JavaServer courant(String name, String streams, LoadOptions load, Path folder, List<String> settings)
            throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(settings);
        program.add("-Dcourant.publish.anonymous=bench/**");
        program.addAll(List.of("-jar", TARGET.resolve("courant.jar").toString()));
        return start(name, streams, load, program, folder).awaitReady("/ops/health/ready");
    }

    static JavaServer stock(LoadOptions load) throws IOException, InterruptedException {
        Path folder = createFolder();
        Path war = folder.resolve("stock.war");
        pack(war);
        String payara = TARGET.resolve("servers").resolve("payara-micro.jar").toString();
        List<String> program =
                List.of("-jar", payara, "--deploy", war.toString(), "--contextroot", "/", "--nohazelcast");
        return start("stock", SSE, load, program, folder).awaitReady("/sse/ready");
    }

    static Path createFolder() throws IOException {
        return Files.createTempDirectory("courant-bench");
    }

    private static void pack(Path war) throws IOException {
        String path = "dev/courant/bench/stock/";
        try (OutputStream file = Files.newOutputStream(war);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (String each : STOCK_CLASSES) {
                try (InputStream bytes = JavaServer.class.getResourceAsStream("stock/" + each + ".class")) {
                    if (bytes == null) {
                        throw new IOException("not compiled: " + each);
                    }
                    jar.putNextEntry(new ZipEntry("WEB-INF/classes/" + path + each + ".class"));
                    bytes.transferTo(jar);
                }
            }
        }
    }

    private JavaServer awaitReady(String path) throws InterruptedException {
        server.awaitReady(port, path);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String streamPath(String topic) {
        return streams + topic;
    }

    @Override
    public String publishPath(String topic) {
        return publications + topic;
    }

    @Override
    public long pid() {
        return server.worker().pid();
    }

    @Override
    public String describeProblems() {
        return log.describeProblems();
    }

    @Override
    public long peakHeapMb() {
        return log.peakHeapMb();
    }

    @Override
    public void close() {
        server.close();
    }
}
