package dev.courant.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens consumers of the topic's only partition, which belong to no group. */
record Consumers(ClientProperties properties, TopicPartition partition) {

    /** @param use for its name */
    Consumer<byte[], byte[]> open(String use) {
        Consumer<byte[], byte[]> consumer = OwnClassLoader.with(() -> new KafkaConsumer<>(
                properties.consumer(use), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        consumer.assign(List.of(partition));
        return consumer;
    }

    static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
