package dev.courant.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A child process with its own folder. Closing it, or the end of the benchmark, stops it; closing deletes the folder. */
final class ServerProcess implements AutoCloseable {

    private static final int READY_SECONDS = 120;
    private static final int STOP_SECONDS = 5;

    private final Path folder;
    private final Path output;
    private final Process process;
    private final Thread shutdownHook = new Thread(this::stop, "stop the server");

    ServerProcess(Path folder, List<String> command) throws IOException {
        this(folder, command, Map.of());
    }

    /** @param environment variables in addition to those of this process */
    ServerProcess(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        this.folder = folder;
        output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.redirectOutput(output.toFile()).start();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the path responds successfully. */
    void awaitReady(int port, String path) throws InterruptedException {
        await(() -> respondsOk(port, path));
    }

    /** Waits until the port accepts connections. */
    void awaitListening(int port) throws InterruptedException {
        await(() -> isListening(port));
    }

    private void await(BooleanSupplier ready) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String printed = output();
                close();
                throw new IllegalStateException("the server did not start: " + printed);
            }
            Thread.sleep(100);
        }
    }

    Process process() {
        return process;
    }

    /** Returns the process, or the descendant that a start script has started. */
    ProcessHandle worker() {
        return process.descendants()
                .filter(each -> each.children().findAny().isEmpty())
                .findFirst()
                .orElse(process.toHandle());
    }

    /** Returns the output; bytes that are not ASCII may be wrong. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
        stop();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the process and its descendants: nginx's workers and servers started by a script outlive their parent. */
    private void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(each -> each.onExit().join()); // before their files are deleted
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean respondsOk(int port, String path) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() < 300;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
