package dev.courant.brokers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A program that writes a compressed batch with a codec that needs native code, which Courant does not contain. */
public final class CompressedRecords {

    private CompressedRecords() {}

    /**
     * Runs the program in a separate process.
     *
     * @param codec the value of {@code compression.type}
     * @param timestamp of all records, in milliseconds
     */
    public static void write(TestCluster brokers, String topic, String codec, int count, long timestamp)
            throws Exception {
        String classPath = Files.readString(Path.of("target", "brokers.class-path"));
        int exitStatus = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath + ":" + Path.of("target", "test-classes"),
                        CompressedRecords.class.getName(),
                        brokers.bootstrapServers(),
                        topic,
                        codec,
                        Integer.toString(count),
                        Long.toString(timestamp))
                .inheritIO()
                .start()
                .waitFor();
        if (exitStatus != 0) {
            throw new AssertionError("writing the records failed with exit status " + exitStatus);
        }
    }

    public static void main(String[] arguments) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                arguments[0],
                "compression.type",
                arguments[2],
                "linger.ms",
                "1000",
                "acks",
                "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                producer.send(
                        new ProducerRecord<>(arguments[1], 0, Long.parseLong(arguments[4]), null, "unreadable " + i));
            }
        }
    }
}
