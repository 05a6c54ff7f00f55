package dev.courant.kafka;

import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks at the topic every second, since what follows it is not told that it was made anew. */
final class TopicWatcher {

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** An operator who has deleted the topic may be about to make it anew, and knows better how. */
    private static final long MISSING_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaTopic topic;
    private final TopicAdmin admin;
    private final KafkaHealth trouble;
    private final LongSupplier nanoTime;
    private CompletionStage<TopicSnapshot> looking = CompletableFuture.completedStage(null); // the follower's
    private long lookedAt; // the follower's
    private boolean missing; // the follower's
    private long missingSince; // the follower's
    private volatile boolean met; // it was there once, of whatever shape
    private volatile @Nullable TopicSnapshot last;

    TopicWatcher(KafkaTopic topic, TopicAdmin admin, KafkaHealth trouble, LongSupplier nanoTime) {
        this.topic = topic;
        this.admin = admin;
        this.trouble = trouble;
        this.nanoTime = nanoTime;
    }

    /** What was seen last. Any thread. */
    @Nullable
    TopicSnapshot last() {
        return last;
    }

    /** What was seen last, and looks again if it is time. The follower's; does not wait. */
    @Nullable
    TopicSnapshot glance() {
        long now = nanoTime.getAsLong();
        CompletableFuture<TopicSnapshot> answer = looking.toCompletableFuture();
        if (answer.isDone() && now - lookedAt >= EVERY_NANOS) {
            lookedAt = now;
            boolean gone =
                    answer.isCompletedExceptionally() && cause(answer) instanceof UnknownTopicOrPartitionException;
            if (isMissingForLong(gone)) {
                create();
            }
            looking = look();
        }
        return last;
    }

    /**
     * What there is now, made if it is missing, at once if it was never seen. Waits.
     *
     * @throws RuntimeException of Kafka or ours if there is nothing
     */
    TopicSnapshot find() {
        try {
            TopicSnapshot sight = now();
            missing = false;
            return sight;
        } catch (UnknownTopicOrPartitionException none) {
            if (isMissingForLong(true) || !met) {
                create();
                return now();
            }
            throw none;
        } catch (RuntimeException otherwise) {
            missing = false;
            throw otherwise;
        }
    }

    private boolean isMissingForLong(boolean gone) {
        long now = nanoTime.getAsLong();
        if (gone && !missing) {
            missingSince = now;
        }
        missing = gone;
        return gone && now - missingSince >= MISSING_NANOS;
    }

    /** What there is now. Any thread; waits. */
    TopicSnapshot now() {
        return TopicAdmin.await(look());
    }

    private CompletionStage<TopicSnapshot> look() {
        return admin.look().whenComplete((sight, failure) -> {
            if (sight != null) {
                met = true;
                last = sight;
                trouble.ofTopic(null);
            } else if (failure != null) {
                met |= failure instanceof LogUnavailableException
                        || failure.getCause() instanceof LogUnavailableException;
                trouble.ofTopic(KafkaFailureReasons.of(failure));
            }
        });
    }

    private void create() {
        try {
            admin.create();
        } catch (RuntimeException refused) {
            String why = refused instanceof AuthorizationException
                    ? "does not allow us to make it."
                    : "could not make it (" + refused.getClass().getSimpleName() + ").";
            throw new LogUnavailableException(
                    "The topic " + topic.name() + " does not exist, and Kafka " + why, refused);
        }
    }

    private static @Nullable Throwable cause(CompletableFuture<?> failed) {
        return failed.handle((result, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .join();
    }
}
