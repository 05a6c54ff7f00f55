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

/** A server that is a JVM: Courant itself, Payara Micro with nothing but its own broadcaster, or another with the WAR. */
final class JavaServer implements Subject {

    private static final Path TARGET = Path.of("target");
    private static final List<String> STOCK_CLASSES = List.of("StockApplication", "StockTopic");

    private static final String SSE = "/sse/";

    private final String name;
    private final String streams;
    private final String publications;
    private final int port;
    private final ServerProcess server;
    private final JavaLog log;

    /** @param folder of the process, which has the log of the collector in it */
    private JavaServer(String name, int port, String root, String streams, ServerProcess server, Path folder) {
        this.name = name;
        this.port = port;
        this.streams = root + streams;
        publications = root + SSE;
        this.server = server;
        log = new JavaLog(server, JavaLog.collections(folder));
    }

    private static JavaServer start(String name, String streams, Load load, List<String> program, Path folder)
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

    private static List<String> options(Load load, Path folder) {
        return List.of("-Xmx" + load.heap(), "-Xlog:gc:file=" + JavaLog.collections(folder));
    }

    /** A Jakarta EE server with the WAR dropped in. */
    static JavaServer installed(String name, Load load) throws IOException, InterruptedException {
        Path folder = folder();
        int port = ServerProcess.freePort();
        Installed.Start start =
                Installed.named(name).prepare(folder, TARGET.resolve("courant.war"), port, options(load, folder));
        Map<String, String> environment = new TreeMap<>(start.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("COURANT_PUBLISH_ANONYMOUS", "bench/**");
        ServerProcess server = new ServerProcess(folder, start.command(), environment);
        return new JavaServer(name, port, "/courant", SSE, server, folder).ready("/courant/ops/health/ready");
    }

    /** Followed by the Mercure protocol, and published to at the other door: it is one hub. */
    static JavaServer mercure(Load load) throws IOException, InterruptedException {
        return courant("mercure", "/.well-known/mercure?match=", load, folder(), List.of());
    }

    static JavaServer courant(Load load) throws IOException, InterruptedException {
        return courant("courant", SSE, load, folder(), List.of());
    }

    /** @param sync as {@code courant.journal.sync} has it */
    static JavaServer journal(String sync, Load load) throws IOException, InterruptedException {
        Path folder = folder();
        List<String> settings =
                List.of("-Dcourant.journal.dir=" + folder.resolve("journal"), "-Dcourant.journal.sync=" + sync);
        return courant("journal, " + sync, SSE, load, folder, settings);
    }

    /** One of any number on one topic of Kafka's. */
    static JavaServer node(String name, KafkaBroker broker, Load load) throws IOException, InterruptedException {
        List<String> settings = List.of(
                "-Dcourant.kafka.bootstrap-servers=" + broker.servers(), "-Dcourant.kafka.topic=" + broker.topic());
        return courant(name, SSE, load, folder(), settings);
    }

    private static JavaServer courant(String name, String streams, Load load, Path folder, List<String> settings)
            throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(settings);
        program.add("-Dcourant.publish.anonymous=bench/**");
        program.addAll(List.of("-jar", TARGET.resolve("courant.jar").toString()));
        return start(name, streams, load, program, folder).ready("/ops/health/ready");
    }

    static JavaServer stock(Load load) throws IOException, InterruptedException {
        Path folder = folder();
        Path war = folder.resolve("stock.war");
        pack(war);
        String payara = TARGET.resolve("servers").resolve("payara-micro.jar").toString();
        List<String> program =
                List.of("-jar", payara, "--deploy", war.toString(), "--contextroot", "/", "--nohazelcast");
        return start("stock", SSE, load, program, folder).ready("/sse/ready");
    }

    static Path folder() throws IOException {
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

    private JavaServer ready(String path) throws InterruptedException {
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
    public String trouble() {
        return log.trouble();
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
