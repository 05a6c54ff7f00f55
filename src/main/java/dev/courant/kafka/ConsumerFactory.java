package dev.courant.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens consumers of the topic's only partition, which belong to no group. */
record ConsumerFactory(KafkaClientProperties properties, TopicPartition partition) {

    /**
     * @param use for its name
     * @param singly whether one record is polled at a time
     */
    Consumer<byte[], byte[]> open(String use, boolean singly) {
        Consumer<byte[], byte[]> consumer = ContextClassLoader.with(() -> new KafkaConsumer<>(
                properties.consumer(use, singly), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        consumer.assign(List.of(partition));
        return consumer;
    }

    static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
