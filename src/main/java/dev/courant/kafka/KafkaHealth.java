package dev.courant.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What keeps the log from being followed or appended to now; the log file is told when that begins and when it ends. */
final class KafkaHealth {

    private static final Logger LOG = System.getLogger(KafkaHealth.class.getName());

    /** Nobody may publish for long, and so show that it works again. */
    private static final long APPENDING_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaTopic topic;
    private final LongSupplier nanoTime;
    private volatile @Nullable String topicsOwn = "Kafka has not been reached yet.";
    private volatile @Nullable String following;
    private volatile @Nullable String appending;
    private volatile long appendingAt;
    private @Nullable String told; // guarded by this

    KafkaHealth(KafkaTopic topic, LongSupplier nanoTime) {
        this.topic = topic;
        this.nanoTime = nanoTime;
    }

    /** With the topic as a whole: neither can it be followed nor appended to. */
    void ofTopic(@Nullable String why) {
        if (why == null && topicsOwn != null) {
            appending = null; // for the same reason, mostly, and if not it will be told again
        }
        topicsOwn = why;
        tell();
    }

    void ofFollowing(@Nullable String why) {
        following = why;
        tell();
    }

    void ofAppending(@Nullable String why) {
        if (appending != null || why != null) {
            appendingAt = nanoTime.getAsLong();
            appending = why;
            tell();
        }
    }

    @Nullable
    String ofTopic() {
        return topicsOwn;
    }

    /** What is worst; {@code null} if all is well. */
    @Nullable
    String worst() {
        if (topicsOwn != null || following != null) {
            return topicsOwn != null ? topicsOwn : following;
        }
        return nanoTime.getAsLong() - appendingAt < APPENDING_NANOS ? appending : null;
    }

    private synchronized void tell() {
        String worst = worst();
        if (worst == null && told != null) {
            LOG.log(Level.INFO, "Kafka''s topic {0} can be used", topic.name());
        } else if (worst != null && !worst.equals(told)) {
            LOG.log(Level.WARNING, "{0} (topic {1} at {2})", worst, topic.name(), topic.bootstrapServers());
        }
        told = worst;
    }
}
