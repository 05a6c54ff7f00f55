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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Looks after the topic: what it is, from where to where it goes, and that it is there. Any thread. */
final class TopicAdmin implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TopicAdmin.class.getName());

    private final KafkaTopic topic;
    private final TopicPartition partition;
    private final KafkaClientProperties properties;
    private final Admin admin;

    private TopicAdmin(KafkaTopic topic, KafkaClientProperties properties) {
        this.topic = topic;
        this.properties = properties;
        partition = new TopicPartition(topic.name(), 0);
        admin = ContextClassLoader.with(() -> Admin.create(properties.admin()));
    }

    /**
     * The first of Kafka's clients; what one of them does not take is told now, and not every second.
     *
     * @throws IllegalArgumentException if a property cannot be meant; the message is one line
     */
    static TopicAdmin open(KafkaTopic topic, KafkaClientProperties properties, ConsumerFactory consumers) {
        KafkaClientLogging.quieten();
        try {
            RecordPublisher.open(properties).close(Duration.ZERO);
            ConsumerFactory.close(consumers.open("checking", false));
            return new TopicAdmin(topic, properties);
        } catch (KafkaException cannotBeMeant) {
            KafkaClientLogging.restore();
            throw new IllegalArgumentException(KafkaFailureReasons.firstOf(cannotBeMeant), cannotBeMeant);
        }
    }

    /** What there is now. Fails with what Kafka says, or as {@link LogUnavailableException} if it is no topic for us. */
    CompletionStage<TopicSnapshot> look() {
        return admin.describeTopics(List.of(topic.name()))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .toCompletionStage()
                .thenCompose(this::look);
    }

    private CompletionStage<TopicSnapshot> look(TopicDescription found) {
        int partitions = found.partitions().size();
        if (partitions != 1) {
            return CompletableFuture.failedFuture(new LogUnavailableException(
                    "The topic " + topic.name() + " has " + partitions + " partitions in Kafka, but has to have 1."));
        }
        return offset(OffsetSpec.earliest())
                .thenCombine(
                        offset(OffsetSpec.latest()),
                        (earliest, end) -> new TopicSnapshot(found.topicId(), earliest, end));
    }

    /** The offset of the first record that is as young as that, or of the next there will be. */
    CompletionStage<Long> since(Duration age) {
        OffsetSpec then = OffsetSpec.forTimestamp(Math.max(0, System.currentTimeMillis() - age.toMillis()));
        return offset(then)
                .thenCompose(
                        found -> found < 0 ? offset(OffsetSpec.latest()) : CompletableFuture.completedStage(found));
    }

    /** The offset of the next record there will be, as far as readers are told. */
    CompletionStage<Long> end() {
        return offset(OffsetSpec.latest());
    }

    private CompletionStage<Long> offset(OffsetSpec which) {
        return admin.listOffsets(Map.of(partition, which), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(partition)
                .toCompletionStage()
                .thenApply(found -> found.offset());
    }

    /** Makes the topic, unless somebody else has by now. */
    void create() {
        NewTopic made = new NewTopic(
                topic.name(),
                Optional.of(1),
                topic.replication() == 0 ? Optional.empty() : Optional.of((short) topic.replication()));
        made.configs(Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(properties.maxRecordBytes()),
                // One clock for all nodes.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                // What others compress in a way that is not known here is stored so that it can be read.
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "uncompressed"));
        try {
            await(admin.createTopics(List.of(made)).all().toCompletionStage());
            LOG.log(Level.INFO, "Made the topic {0} in Kafka", topic.name());
        } catch (TopicExistsException already) {
            // By another node.
        }
    }

    /** Waits for an answer; all of them come in time, or fail. */
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
