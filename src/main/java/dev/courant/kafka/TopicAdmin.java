package dev.courant.kafka;

import dev.courant.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The administration of the topic: describes it, finds its offsets and creates it. Thread-safe. */
final class TopicAdmin implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TopicAdmin.class.getName());

    private final KafkaClients clients;
    private final KafkaTopic topic;
    private final Admin admin;

    TopicAdmin(KafkaClients clients) {
        this.clients = clients;
        topic = clients.topic();
        admin = clients.openAdmin();
    }

    /**
     * Fetches the id and the offsets of the topic. The stage fails with Kafka's exception, or with a
     * {@link LogUnavailableException} if the topic has more than one partition.
     */
    CompletionStage<TopicSnapshot> describe() {
        return admin.describeTopics(List.of(topic.name()))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .toCompletionStage()
                .thenCompose(this::describe);
    }

    private CompletionStage<TopicSnapshot> describe(TopicDescription found) {
        int partitions = found.partitions().size();
        if (partitions != 1) {
            return CompletableFuture.failedFuture(new LogUnavailableException(
                    "The Kafka topic " + topic.name() + " has " + partitions + " partitions, but needs exactly 1."));
        }
        return fetchOffset(OffsetSpec.earliest())
                .thenCombine(
                        fetchOffset(OffsetSpec.latest()),
                        (earliest, end) -> new TopicSnapshot(found.topicId(), earliest, end));
    }

    /** Returns the Kafka offset of the first record not older than {@code age}, or the end offset if there is none. */
    CompletionStage<Long> findOffset(Duration age) {
        OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, System.currentTimeMillis() - age.toMillis()));
        return fetchOffset(spec)
                .thenCompose(found ->
                        found < 0 ? fetchOffset(OffsetSpec.latest()) : CompletableFuture.completedStage(found));
    }

    /** Returns the end offset: the Kafka offset after the last record that consumers can read. */
    CompletionStage<Long> fetchEnd() {
        return fetchOffset(OffsetSpec.latest());
    }

    private CompletionStage<Long> fetchOffset(OffsetSpec spec) {
        return admin.listOffsets(
                        Map.of(clients.partition(), spec), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(clients.partition())
                .toCompletionStage()
                .thenApply(found -> found.offset());
    }

    /** Creates the topic, unless it exists. */
    void create() {
        NewTopic newTopic = new NewTopic(
                topic.name(),
                Optional.of(1),
                topic.replication() == 0 ? Optional.empty() : Optional.of((short) topic.replication()));
        newTopic.configs(Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(clients.maxRecordBytes()),
                // The broker sets the timestamps, so the records of all nodes have those of one clock.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                // Brokers store records decompressed. Other programs may use compression types that Courant does not
                // support.
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "uncompressed"));
        try {
            await(admin.createTopics(List.of(newTopic)).all().toCompletionStage());
            LOG.log(Level.INFO, "Created the Kafka topic {0}", topic.name());
        } catch (TopicExistsException already) {
            // Another node has created it.
        }
    }

    /** Waits for a response. Each request has a timeout, after which it fails. */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
