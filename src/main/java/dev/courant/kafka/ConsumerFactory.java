package dev.courant.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A factory for consumers of the topic's only partition. They do not belong to a consumer group. */
record ConsumerFactory(KafkaClientProperties properties, TopicPartition partition) {

    /**
     * @param purpose the suffix of the consumer's {@code client.id}
     * @param oneRecordPerPoll whether a poll returns at most one record
     */
    Consumer<byte[], byte[]> open(String purpose, boolean oneRecordPerPoll) {
        Consumer<byte[], byte[]> consumer = CourantClassLoader.call(() -> new KafkaConsumer<>(
                properties.createConsumerProperties(purpose, oneRecordPerPoll),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
        consumer.assign(List.of(partition));
        return consumer;
    }

    static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
