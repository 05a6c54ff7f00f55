package dev.courant.settings;

import dev.courant.kafka.KafkaClientProperties;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the Kafka topic that stores the log.
 *
 * @param bootstrapServers the addresses of some brokers, separated by commas
 * @param topic the name of the topic
 * @param replication the replication factor if Courant creates the topic; 0 for the brokers' default
 * @param client further properties of Kafka's clients, by Kafka's names
 */
public record KafkaSettings(String bootstrapServers, String topic, int replication, Map<String, String> client) {

    private static final String SERVERS = "courant.kafka.bootstrap-servers";
    private static final String TOPIC = "courant.kafka.topic";
    private static final String CLIENT = "courant.kafka.client.";

    private static final Pattern ADDRESS = Pattern.compile("[^\\s:,]+:[0-9]{1,5}|[^\\s,]*\\[[0-9a-fA-F:]+]:[0-9]{1,5}");
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /** Returns the settings, or {@code null} if Kafka is not configured. */
    static @Nullable KafkaSettings from(SettingsReader reader) {
        String servers = reader.getText(SERVERS);
        if (servers == null) {
            return null;
        }
        for (String address : servers.split(",", -1)) {
            if (!ADDRESS.matcher(address.strip()).matches()) {
                throw new InvalidSettingException(
                        SERVERS, servers, "a list of addresses such as kafka.example.com:9092, separated by commas");
            }
        }
        String topic = reader.getText(TOPIC, "courant").strip();
        if (!NAME.matcher(topic).matches()) {
            throw new InvalidSettingException(TOPIC, topic, "a name of 1 to 249 of the characters a-z A-Z 0-9 . _ -");
        }
        int replication = (int) reader.getNumber("courant.kafka.replication", 0, 0, Short.MAX_VALUE);
        // Reads only the names that Kafka defines, so that any other name is logged as an unknown setting.
        Map<String, String> client = new TreeMap<>();
        for (String name : KafkaClientProperties.allowedNames()) {
            String value = reader.getText(CLIENT + name);
            if (value != null) {
                client.put(name, value);
            }
        }
        return new KafkaSettings(servers, topic, replication, client);
    }

    /** Omits the client properties, which may contain credentials. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", topic=" + topic + "]";
    }
}
