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
 * What Kafka's clients are told: what an operator set, each client what it knows, over defaults of ours that make an
 * outage short, under what the log relies on.
 */
public final class KafkaClientProperties {

    /** Above the data: topics, type and ids of the event, its key, and what Kafka puts around a record. */
    private static final int MOST_AROUND_DATA = 1 << 20;

    /** What the log relies on; neither is it to be set. */
    private static final Set<String> OURS = Set.of(
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

    /** What may be set, by the names that Kafka has for it. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        names.removeAll(OURS);
        return names;
    }

    /** How large a record may be. */
    int maxRecordBytes() {
        return topic.maxEventBytes() + MOST_AROUND_DATA;
    }

    Map<String, Object> producer() {
        Map<String, Object> properties = common("publishing", ProducerConfig.configNames());
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "5000");
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(maxRecordBytes()));
        return properties;
    }

    /**
     * @param use of the several consumers there are
     * @param singly whether one record is polled at a time
     */
    Map<String, Object> consumer(String use, boolean singly) {
        Map<String, Object> properties = common(use, ConsumerConfig.configNames());
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500");
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
        if (singly) {
            properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        }
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = common("watching", AdminClientConfig.configNames());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        return properties;
    }

    private Map<String, Object> common(String use, Set<String> known) {
        Map<String, Object> properties = new HashMap<>();
        topic.client().forEach((name, value) -> {
            if (known.contains(name)) {
                properties.put(name, value);
            }
        });
        properties.merge(CommonClientConfigs.CLIENT_ID_CONFIG, "courant-" + use, (set, ours) -> set + "-" + use);
        // A broker that stands still, or a network that swallows all, is given up on after so long, and one that is
        // gone
        // is looked for so often: streams are to go on within 5 seconds of its return.
        properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        properties.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1500");
        properties.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "3000");
        properties.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        properties.putIfAbsent(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, "500");
        // A name that nobody knows yet is looked up again later.
        properties.putIfAbsent(
                CommonClientConfigs.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        // Nothing that outlives an undeployment, and nothing that is sent to anybody.
        properties.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        properties.keySet().retainAll(known);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, topic.bootstrapServers());
        return properties;
    }
}
