package dev.courant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker with its default configuration in a separate process, or a cluster that runs already. The broker is also
 * the controller. It acknowledges records that are in the operating system's cache, without fsync.
 */
final class KafkaBroker implements AutoCloseable {

    /** The class path of the broker, which the build writes. */
    private static final Path CLASS_PATH = Path.of("target", "brokers.class-path");

    /** The JVM options of Kafka's start script. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    private static final String CLUSTER_ID = "Y291cmFudC1iZW5jaC0wMQ";

    private final String servers;
    private final String topic = "courant-bench-" + System.currentTimeMillis();
    private final @Nullable ServerProcess process;

    private KafkaBroker(String servers, @Nullable ServerProcess process) {
        this.servers = servers;
        this.process = process;
    }

    static KafkaBroker of(LoadOptions load) throws IOException, InterruptedException {
        return load.brokers().isEmpty() ? start() : new KafkaBroker(load.brokers(), null);
    }

    private static KafkaBroker start() throws IOException, InterruptedException {
        Path folder = JavaServer.createFolder();
        int port = ServerProcess.freePort();
        int controller = ServerProcess.freePort();
        Path data = Files.createDirectories(folder.resolve("data"));
        Path properties = folder.resolve("broker.properties");
        Files.writeString(properties, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                log.dirs=%3$s
                """.formatted(port, controller, data));
        Files.writeString(data.resolve("meta.properties"), "version=1\ncluster.id=" + CLUSTER_ID + "\nnode.id=1\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.addAll(List.of("-cp", Files.readString(CLASS_PATH), "kafka.Kafka", properties.toString()));
        ServerProcess process = new ServerProcess(folder, command);
        process.awaitListening(port);
        return new KafkaBroker("127.0.0.1:" + port, process);
    }

    /** Returns the value of {@code courant.kafka.bootstrap-servers}. */
    String servers() {
        return servers;
    }

    /** Returns the name of a new topic. */
    String topic() {
        return topic;
    }

    /** Returns the CPU time of the broker, or 0 for a cluster that runs already. */
    long cpuMicros() {
        return process == null ? 0 : ProcessStats.cpuMicros(process.process().pid());
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
