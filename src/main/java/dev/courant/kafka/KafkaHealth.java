package dev.courant.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The current problems with reading from and appending to the topic. Logs each problem once, and once when all are
 * resolved. Thread-safe.
 */
final class KafkaHealth {

    private static final Logger LOG = System.getLogger(KafkaHealth.class.getName());

    /** A problem with appending expires after this time: only the next publication could show that it is resolved. */
    private static final long APPEND_PROBLEM_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaTopic topic;
    private final LongSupplier nanoTime;
    private volatile @Nullable String topicProblem = "Courant has not connected to Kafka yet.";
    private volatile @Nullable String batchProblem;
    private volatile @Nullable String followProblem;
    private volatile @Nullable String appendProblem;
    private volatile long appendProblemAt;
    private @Nullable String lastLogged; // guarded by this

    KafkaHealth(KafkaTopic topic, LongSupplier nanoTime) {
        this.topic = topic;
        this.nanoTime = nanoTime;
    }

    /** Sets or clears ({@code null}) a problem that prevents both reading and appending. */
    void setTopicProblem(@Nullable String problem) {
        if (problem == null && topicProblem != null) {
            // It usually has the same cause. If it persists, the next publication sets it again.
            appendProblem = null;
        }
        topicProblem = problem;
        logChange();
    }

    /** Sets or clears ({@code null}) the problem that this node cannot read the next batch, nor any event after it. */
    void setBatchProblem(@Nullable String problem) {
        batchProblem = problem;
        logChange();
    }

    void setFollowProblem(@Nullable String problem) {
        followProblem = problem;
        logChange();
    }

    void setAppendProblem(@Nullable String problem) {
        if (appendProblem != null || problem != null) {
            appendProblemAt = nanoTime.getAsLong();
            appendProblem = problem;
            logChange();
        }
    }

    /** Returns the problem that prevents publishing, or {@code null} if there is none. */
    @Nullable
    String findPublishProblem() {
        return topicProblem != null ? topicProblem : batchProblem;
    }

    /** Returns the most severe problem, or {@code null} if there is none. */
    @Nullable
    String findWorstProblem() {
        String problem = findPublishProblem();
        if (problem != null || followProblem != null) {
            return problem != null ? problem : followProblem;
        }
        return nanoTime.getAsLong() - appendProblemAt < APPEND_PROBLEM_NANOS ? appendProblem : null;
    }

    private synchronized void logChange() {
        String worst = findWorstProblem();
        if (worst == null && lastLogged != null) {
            LOG.log(Level.INFO, "The Kafka topic {0} is available", topic.name());
        } else if (worst != null && !worst.equals(lastLogged)) {
            LOG.log(Level.WARNING, "{0} The topic is {1} at {2}.", worst, topic.name(), topic.bootstrapServers());
        }
        lastLogged = worst;
    }
}
