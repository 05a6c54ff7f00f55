package dev.courant.kafka;

import java.util.Map;

/**
 * Where the log is.
 *
 * @param bootstrapServers the addresses of some brokers, separated by commas
 * @param name of the topic
 * @param replication on how many brokers it is to be stored when it is made; 0 for what the brokers do by default
 * @param maxEventBytes how large the data of an event may be
 * @param client further properties of Kafka's own clients, by their names there
 */
public record KafkaTopic(
        String bootstrapServers, String name, int replication, int maxEventBytes, Map<String, String> client) {

    public KafkaTopic {
        client = Map.copyOf(client);
    }

    /** The properties may be secrets. */
    @Override
    public String toString() {
        return "KafkaTopic[" + name + " at " + bootstrapServers + "]";
    }
}
