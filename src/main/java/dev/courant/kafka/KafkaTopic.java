package dev.courant.kafka;

import java.util.Map;

/**
 * The address and the properties of the Kafka topic that contains the log.
 *
 * @param bootstrapServers the addresses of some brokers, separated by commas
 * @param name the name of the topic
 * @param replication the replication factor if Courant creates the topic; 0 for the default of the brokers
 * @param maxEventBytes the maximum size of an event's data
 * @param clientProperties further properties of Kafka's clients, by their Kafka names
 */
public record KafkaTopic(
        String bootstrapServers,
        String name,
        int replication,
        int maxEventBytes,
        Map<String, String> clientProperties) {

    public KafkaTopic {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Omits the client properties, which may contain credentials. */
    @Override
    public String toString() {
        return "KafkaTopic[" + name + " at " + bootstrapServers + "]";
    }
}
