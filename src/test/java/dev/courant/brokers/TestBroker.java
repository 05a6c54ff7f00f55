package dev.courant.brokers;

import dev.courant.support.TestDeadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One broker, which is also a controller. Not thread-safe. */
public final class TestBroker {

    private static final Duration TIMEOUT = TestDeadline.DURATION;
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    final int id;
    final int controllerPort = FreePorts.free();
    final int internalPort = FreePorts.free();
    private final int clientPort = FreePorts.free();
    private final Path directory;
    private final BrokerNetwork network;
    private @Nullable Process process;

    TestBroker(int id, Path directory) {
        this.id = id;
        this.directory = directory;
        network = new BrokerNetwork(FreePorts.free(), clientPort);
    }

    /** Returns the proxy between the clients and this broker. */
    public BrokerNetwork network() {
        return network;
    }

    /** Writes the configuration and the metadata of the broker. */
    void writeConfiguration(String clusterId, String voters, Map<String, String> properties) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        String address = "127.0.0.1:";
        StringBuilder text = new StringBuilder(String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + id,
                "controller.quorum.voters=" + voters,
                "listeners=CLIENT://" + address + clientPort + ",INTERNAL://" + address + internalPort
                        + ",CONTROLLER://" + address + controllerPort,
                "advertised.listeners=CLIENT://" + address + network.port() + ",INTERNAL://" + address + internalPort,
                "listener.security.protocol.map=CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=INTERNAL",
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + data,
                ""));
        properties.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        Files.writeString(directory.resolve("broker.properties"), text);
        String meta = "version=1\ncluster.id=" + clusterId + "\nnode.id=" + id + "\n";
        Files.writeString(data.resolve("meta.properties"), meta);
    }

    /** Starts the broker without waiting for it. */
    public void start() throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", Files.readString(Path.of("target", "brokers.class-path")), "kafka.Kafka"));
        command.add(directory.resolve("broker.properties").toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
    }

    /** Starts the broker again, and waits until it accepts connections. */
    public void restart() throws IOException {
        start();
        awaitStarted();
    }

    /** Waits until the broker accepts connections. */
    void awaitStarted() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isListening()) {
            if (System.nanoTime() > deadline || !isRunning()) {
                throw new AssertionError("broker " + id + " did not start; it printed:\n"
                        + Files.readString(directory.resolve("output")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), clientPort)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Stops the broker with SIGTERM: it transfers the leadership of its partitions first. */
    public void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("broker " + id + " did not stop");
            }
        }
    }

    /** Kills the broker, like a power failure. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Suspends the process. Its connections stay open, but it does not respond. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Resumes the suspended process. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (process != null) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
