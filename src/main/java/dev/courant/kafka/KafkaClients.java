package dev.courant.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A factory for Kafka's clients. Thread-safe. */
public final class KafkaClients implements AutoCloseable {

    private final KafkaTopic topic;
    private final KafkaClientProperties properties;

    private KafkaClients(KafkaTopic topic) {
        this.topic = topic;
        properties = new KafkaClientProperties(topic);
    }

    /**
     * Opens the factory, and disables the log of Kafka's clients until it is closed. Creates each of the clients and
     * closes it at once, without waiting for Kafka, so that an invalid property fails here.
     *
     * @throws IllegalArgumentException if a property is invalid, with a message of one line
     */
    static KafkaClients open(KafkaTopic topic) {
        KafkaClientLogging.disable();
        try {
            KafkaClients clients = new KafkaClients(topic);
            clients.openProducer().close(Duration.ZERO);
            close(clients.openConsumer("checking"));
            clients.openAdmin().close(Duration.ZERO);
            return clients;
        } catch (KafkaException invalidProperty) {
            KafkaClientLogging.restore();
            throw new IllegalArgumentException(KafkaFailureReasons.describeRootCause(invalidProperty), invalidProperty);
        }
    }

    /**
     * Checks whether Kafka's clients accept the properties that the operator has set.
     *
     * @throws IllegalArgumentException if a property is invalid, with a message of one line
     */
    public static void check(KafkaTopic topic) {
        open(topic).close();
    }

    KafkaTopic topic() {
        return topic;
    }

    /** Returns the topic's only partition. */
    TopicPartition partition() {
        return new TopicPartition(topic.name(), 0);
    }

    int maxRecordBytes() {
        return properties.maxRecordBytes();
    }

    Producer<byte[], byte[]> openProducer() {
        return create(() -> new KafkaProducer<>(
                properties.createProducerProperties(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    Admin openAdmin() {
        return create(() -> Admin.create(properties.createAdminProperties()));
    }

    /**
     * Opens a consumer of the partition, which does not belong to a consumer group.
     *
     * @param purpose the suffix of the consumer's {@code client.id}
     */
    Consumer<byte[], byte[]> openConsumer(String purpose) {
        Consumer<byte[], byte[]> consumer = create(() -> new KafkaConsumer<>(
                properties.createConsumerProperties(purpose),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
        consumer.assign(List.of(partition()));
        return consumer;
    }

    @Override
    public void close() {
        KafkaClientLogging.restore();
    }

    static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /** Creates a client, which loads classes with the thread's context class loader: here, this application's. */
    private static <T> T create(Supplier<T> client) {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(KafkaClients.class.getClassLoader());
        try {
            return client.get();
        } finally {
            thread.setContextClassLoader(previous);
        }
    }
}
