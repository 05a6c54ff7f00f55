package dev.courant.kafka;

import org.apache.kafka.common.TopicPartition;

/** The check that Kafka's clients accept the properties that the operator has set. */
public final class KafkaPropertiesCheck {

    private KafkaPropertiesCheck() {}

    /**
     * Creates each of the clients and closes it at once, without waiting for Kafka.
     *
     * @throws IllegalArgumentException if a property is invalid, with a message of one line
     */
    public static void run(KafkaTopic topic) {
        KafkaClientProperties properties = new KafkaClientProperties(topic);
        ConsumerFactory consumers = new ConsumerFactory(properties, new TopicPartition(topic.name(), 0));
        TopicAdmin.open(topic, properties, consumers).close();
        KafkaClientLogging.restore();
    }
}
