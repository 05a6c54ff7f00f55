package dev.courant.settings;

import dev.courant.kafka.KafkaClientProperties;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topic of Kafka that the log is on.
 *
 * @param bootstrapServers the addresses of some brokers, separated by commas
 * @param topic its name
 * @param replication on how many brokers it is stored when it is made; 0 for what the brokers do by default
 * @param client further properties of Kafka's own clients, by their names there
 */
public record KafkaSettings(String bootstrapServers, String topic, int replication, Map<String, String> client) {

    private static final String SERVERS = "courant.kafka.bootstrap-servers";
    private static final String TOPIC = "courant.kafka.topic";
    private static final String CLIENT = "courant.kafka.client.";

    private static final Pattern ADDRESSES =
            Pattern.compile("[^\\s:,]+:[0-9]{1,5}|[^\\s,]*\\[[0-9a-fA-F:]+]:[0-9]{1,5}");
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /** {@code null} if none is asked for. */
    static @Nullable KafkaSettings from(SettingsReader reader) {
        String servers = reader.text(SERVERS);
        if (servers == null) {
            return null;
        }
        for (String address : servers.split(",", -1)) {
            if (!ADDRESSES.matcher(address.strip()).matches()) {
                throw new InvalidSettingException(
                        SERVERS, servers, "addresses such as kafka.example.com:9092, with commas between");
            }
        }
        String topic = reader.text(TOPIC, "courant").strip();
        if (!NAME.matcher(topic).matches()) {
            throw new InvalidSettingException(TOPIC, topic, "1 to 249 of the characters a-z A-Z 0-9 . _ -");
        }
        int replication = (int) reader.number("courant.kafka.replication", 0, 0, Short.MAX_VALUE);
        // Asked by name, so that one that Kafka does not know is warned of as any other that is no setting.
        Map<String, String> client = new TreeMap<>();
        for (String name : KafkaClientProperties.names()) {
            String value = reader.text(CLIENT + name);
            if (value != null) {
                client.put(name, value);
            }
        }
        return new KafkaSettings(servers, topic, replication, client);
    }

    /** What is told Kafka's clients may be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", topic=" + topic + "]";
    }
}
