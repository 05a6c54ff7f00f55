package dev.courant.kafka;

import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * A watcher that fetches the state of the topic once a second: a consumer gets no notification when the topic is
 * re-created.
 */
final class TopicWatcher {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /** The delay before Courant re-creates a deleted topic. Until then, the operator can create it with other settings. */
    private static final long RECREATE_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaTopic topic;
    private final TopicAdmin admin;
    private final KafkaHealth health;
    private final LongSupplier nanoTime;
    // Used by the follower thread only:
    private CompletionStage<TopicSnapshot> request = CompletableFuture.completedStage(null);
    private long requestedAt;
    private boolean missing;
    private long missingSince;
    // Used by any thread:
    private volatile boolean existed; // the topic has existed since the start, with any number of partitions
    private volatile @Nullable TopicSnapshot lastSnapshot;

    TopicWatcher(KafkaTopic topic, TopicAdmin admin, KafkaHealth health, LongSupplier nanoTime) {
        this.topic = topic;
        this.admin = admin;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /** Returns the last known state, or {@code null} before Kafka's first response. Thread-safe. */
    @Nullable
    TopicSnapshot lastSnapshot() {
        return lastSnapshot;
    }

    /**
     * Returns the last known state without waiting. Requests the current state if the last request was sent a second
     * ago or earlier. Called by the follower thread only.
     */
    @Nullable
    TopicSnapshot pollSnapshot() {
        long now = nanoTime.getAsLong();
        CompletableFuture<TopicSnapshot> answer = request.toCompletableFuture();
        if (answer.isDone() && now - requestedAt >= INTERVAL_NANOS) {
            requestedAt = now;
            boolean absent = answer.handle((found, failure) -> failure != null && isMissing(failure))
                    .join();
            if (isMissingForLong(absent)) {
                create();
            }
            request = requestSnapshot();
        }
        return lastSnapshot;
    }

    /**
     * Fetches the state of the topic. Creates a topic that is missing, but with a delay if it existed before. May wait; called
     * by the follower thread only.
     *
     * @throws RuntimeException if the topic is missing or unusable, or if Kafka does not respond
     */
    TopicSnapshot findOrCreate() {
        try {
            TopicSnapshot snapshot = fetchSnapshot();
            missing = false;
            return snapshot;
        } catch (UnknownTopicOrPartitionException missingTopic) {
            if (isMissingForLong(true) || !existed) {
                create();
                return fetchSnapshot();
            }
            throw missingTopic;
        } catch (RuntimeException failure) {
            missing = false;
            throw failure;
        }
    }

    private boolean isMissingForLong(boolean absent) {
        long now = nanoTime.getAsLong();
        if (absent && !missing) {
            missingSince = now;
        }
        missing = absent;
        return absent && now - missingSince >= RECREATE_NANOS;
    }

    /** Fetches the state of the topic. May wait. Thread-safe. */
    TopicSnapshot fetchSnapshot() {
        return TopicAdmin.await(requestSnapshot());
    }

    private CompletionStage<TopicSnapshot> requestSnapshot() {
        return admin.describe().whenComplete((snapshot, failure) -> {
            if (snapshot != null) {
                existed = true;
                lastSnapshot = snapshot;
                health.setTopicProblem(null);
            } else if (failure != null && (existed || !isMissing(failure))) { // at the first start, it is created
                existed |= failure instanceof LogUnavailableException
                        || failure.getCause() instanceof LogUnavailableException;
                health.setTopicProblem(KafkaFailureReasons.describe(failure));
            }
        });
    }

    private void create() {
        try {
            admin.create();
        } catch (RuntimeException failure) {
            String reason = failure instanceof AuthorizationException
                    ? "does not permit Courant to create it."
                    : "failed to create it (" + failure.getClass().getSimpleName() + ").";
            String problem = "The Kafka topic " + topic.name() + " does not exist, and Kafka " + reason;
            if (!existed) {
                health.setTopicProblem(problem);
            }
            throw new LogUnavailableException(problem, failure);
        }
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }
}
