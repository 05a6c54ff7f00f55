package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The nginx server with the nchan module of Debian, one worker, and enough memory to lose no event. */
final class NchanServer implements ServerUnderTest {

    private static final String MODULE = "ngx_nchan_module.so";
    private static final List<String> MODULE_FOLDERS = List.of("/usr/lib/nginx/modules", "/usr/share/nginx/modules");

    private final int port = ServerProcess.freePort();
    private final ServerProcess server;

    private NchanServer(Path folder) throws IOException {
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, config());
        server = new ServerProcess(folder, List.of("nginx", "-p", folder.toString(), "-c", config.toString()));
    }

    static NchanServer start() throws IOException, InterruptedException {
        NchanServer nchan = new NchanServer(Files.createTempDirectory("courant-bench"));
        nchan.server.awaitReady(nchan.port, "/ready");
        return nchan;
    }

    private String config() {
        String module = MODULE_FOLDERS.stream()
                .map(folder -> Path.of(folder, MODULE))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nginx has no " + MODULE))
                .toString();
        return """
                load_module %s;
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile %d;
                pid nginx.pid;
                error_log stderr warn;
                events { worker_connections 20000; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_body_buffer_size 128k;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  nchan_shared_memory_size 256m;
                  nchan_message_buffer_length 5000;
                  nchan_message_timeout 1m;
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    location = /ready { return 204; }
                    location ~ ^/follow/(.+)$ {
                      nchan_subscriber eventsource;
                      nchan_subscriber_first_message newest;
                      nchan_channel_id $1;
                    }
                    location ~ ^/publish/(.+)$ {
                      nchan_publisher;
                      nchan_channel_id $1;
                    }
                  }
                }
                """.formatted(module, ProcessStats.maxOpenFiles(), port);
    }

    @Override
    public String name() {
        return "nchan";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String streamPath(String topic) {
        return "/follow/" + topic;
    }

    @Override
    public String publishPath(String topic) {
        return "/publish/" + topic;
    }

    /** Returns the process id of the worker. */
    @Override
    public long pid() {
        return server.process()
                .children()
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nginx has no worker"));
    }

    @Override
    public String describeProblems() {
        long warnings =
                server.output().lines().filter(line -> line.contains("[")).count();
        return warnings == 0 ? "" : warnings + " lines in its log";
    }

    @Override
    public long peakHeapMb() {
        return 0;
    }

    @Override
    public void close() {
        server.close();
    }
}
