package dev.courant.kafka;

import org.apache.kafka.common.TopicPartition;

/** A trial of whether Kafka's clients take their properties. */
public final class KafkaPropertiesCheck {

    private KafkaPropertiesCheck() {}

    /**
     * Opens each of the clients and closes it at once, without waiting for Kafka.
     *
     * @throws IllegalArgumentException as {@link KafkaLog}
     */
    public static void run(KafkaTopic topic) {
        KafkaClientProperties properties = new KafkaClientProperties(topic);
        ConsumerFactory consumers = new ConsumerFactory(properties, new TopicPartition(topic.name(), 0));
        TopicAdmin.open(topic, properties, consumers).close();
        KafkaClientLogging.restore();
    }
}
