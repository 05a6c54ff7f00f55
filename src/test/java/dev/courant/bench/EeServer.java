package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Jakarta EE server with the WAR dropped in. */
final class EeServer implements Subject {

    private static final String SSE = "/courant/sse/";

    private final String name;
    private final int port;
    private final ServerProcess server;
    private final JavaLog log;

    private EeServer(String name, int port, ServerProcess server, JavaLog log) {
        this.name = name;
        this.port = port;
        this.server = server;
        this.log = log;
    }

    static EeServer start(String name, Load load) throws IOException, InterruptedException {
        Path folder = JavaServer.folder();
        Path collections = JavaLog.collections(folder);
        int port = ServerProcess.freePort();
        Installed.Start start = Installed.named(name)
                .prepare(
                        folder,
                        Path.of("target", "courant.war"),
                        port,
                        List.of("-Xmx" + load.heap(), "-Xlog:gc:file=" + collections));
        Map<String, String> environment = new TreeMap<>(start.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("COURANT_PUBLISH_ANONYMOUS", "bench/**");
        ServerProcess server = new ServerProcess(folder, start.command(), environment);
        server.awaitReady(port, "/courant/ops/health/ready");
        return new EeServer(name, port, server, new JavaLog(server, collections));
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
        return SSE + topic;
    }

    @Override
    public String publishPath(String topic) {
        return SSE + topic;
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
