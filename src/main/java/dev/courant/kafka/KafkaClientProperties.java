package dev.courant.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of Kafka's clients. Courant's defaults shorten outages; properties that the operator has set override
 * them. The log depends on some properties, which the operator cannot set.
 */
public final class KafkaClientProperties {

    /** Space in a record for all but the data: topics, type and ids of the event, its key, and Kafka's record format. */
    private static final int MAX_RECORD_OVERHEAD_BYTES = 1 << 20;

    /** Properties that the log depends on, and that an operator therefore cannot set. */
    private static final Set<String> RESERVED_NAMES = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG,
            CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG);

    private final KafkaTopic topic;

    KafkaClientProperties(KafkaTopic topic) {
        this.topic = topic;
    }

    /** Returns the Kafka names of all properties that an operator can set. */
    public static Set<String> allowedNames() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        names.removeAll(RESERVED_NAMES);
        return names;
    }

    int maxRecordBytes() {
        return topic.maxEventBytes() + MAX_RECORD_OVERHEAD_BYTES;
    }

    Map<String, Object> createProducerProperties() {
        Map<String, Object> properties = createCommonProperties("publishing", ProducerConfig.configNames());
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "5000");
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(maxRecordBytes()));
        return properties;
    }

    /** @param purpose the suffix of the consumer's {@code client.id} */
    Map<String, Object> createConsumerProperties(String purpose) {
        Map<String, Object> properties = createCommonProperties(purpose, ConsumerConfig.configNames());
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500");
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    Map<String, Object> createAdminProperties() {
        Map<String, Object> properties = createCommonProperties("watching", AdminClientConfig.configNames());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        return properties;
    }

    private Map<String, Object> createCommonProperties(String purpose, Set<String> configNames) {
        Map<String, Object> properties = new HashMap<>();
        topic.clientProperties().forEach((name, value) -> {
            if (configNames.contains(name)) {
                properties.put(name, value);
            }
        });
        properties.merge(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                "courant-" + purpose,
                (configured, unused) -> configured + "-" + purpose);
        // Streams have to continue within 5 seconds after a broker returns. So requests time out soon if a broker hangs
        // or a network drops packets, and clients reconnect often.
        properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        properties.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1500");
        properties.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "3000");
        properties.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        properties.putIfAbsent(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, "500");
        // A host name that does not resolve yet is resolved again later.
        properties.putIfAbsent(
                CommonClientConfigs.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        // The default reporter registers JMX beans, which would outlive an undeployment. The metrics push would send
        // the client's metrics to the brokers.
        properties.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        properties.keySet().retainAll(configNames);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrapServers());
        return properties;
    }
}
