package dev.courant.auth;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK Set that may change. A thread of its own reads the set, so no request waits for it. {@code HttpsJwks}
 * of the library is not used, because it reads on the threads of requests.
 */
final class PublishedKeySet extends VerificationKeys {

    private static final Logger LOG = System.getLogger(PublishedKeySet.class.getName());
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    /** The minimum time between reads that unknown key ids cause. Any client can send such ids. */
    private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);

    private final JwksSource source;
    private final Executor executor;
    private final Runnable stop;
    private final LongSupplier nanoTime;
    private volatile @Nullable Map<String, List<JsonWebKey>> keys;
    private volatile boolean reading;
    private volatile boolean failing;
    private long startedAt;

    /**
     * @param executor the executor that reads the set after an unknown key id
     * @param stop stops the executor
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    PublishedKeySet(
            JwksSource source,
            SignatureAlgorithms algorithms,
            Executor executor,
            Runnable stop,
            LongSupplier nanoTime) {
        super(algorithms, List.of());
        this.source = source;
        this.executor = executor;
        this.stop = stop;
        this.nanoTime = nanoTime;
        startedAt = nanoTime.getAsLong() - RETRY_INTERVAL.toNanos();
    }

    static PublishedKeySet scheduled(JwksSource source, SignatureAlgorithms algorithms, ThreadFactory threads) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, threads);
        PublishedKeySet keys = new PublishedKeySet(source, algorithms, thread, thread::shutdownNow, System::nanoTime);
        if (source.isLocal()) {
            keys.refreshIfDue();
        }
        // The future is ignored: refreshIfDue never throws.
        var unused =
                thread.scheduleWithFixedDelay(keys::refreshIfDue, 0, RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return keys;
    }

    /** {@inheritDoc} An unknown id starts a read of the set, and is not answered until that ends. */
    @Override
    List<JsonWebKey> find(String algorithm, @Nullable String kid) {
        List<JsonWebKey> found = select(loaded(), algorithm, kid);
        if (!found.isEmpty() || kid == null) {
            return found;
        }
        if (start(UNKNOWN_KEY_INTERVAL)) {
            execute();
        }
        if (reading) {
            throw new KeysMissingException();
        }
        return select(loaded(), algorithm, kid);
    }

    private Map<String, List<JsonWebKey>> loaded() {
        Map<String, List<JsonWebKey>> loaded = keys;
        if (loaded == null) {
            throw new KeysMissingException();
        }
        return loaded;
    }

    /** Reads the set if the last read is too long ago. A timer calls this more often than necessary. */
    void refreshIfDue() {
        if (start(keys == null || failing ? RETRY_INTERVAL : REFRESH_INTERVAL)) {
            read();
        }
    }

    private synchronized boolean start(Duration minAge) {
        long now = nanoTime.getAsLong();
        if (reading || now - startedAt < minAge.toNanos()) {
            return false;
        }
        startedAt = now;
        reading = true;
        return true;
    }

    private void execute() {
        try {
            executor.execute(this::read);
        } catch (RejectedExecutionException closed) {
            reading = false;
        }
    }

    /** Reads the set, for as long as the source takes. */
    private void read() {
        try {
            List<JsonWebKey> fresh = JwksReader.read(source.read(), source.isLocal(), algorithms);
            if (keys == null || failing) {
                LOG.log(
                        Level.INFO,
                        "The JWK Set at {0} has {1} keys to verify tokens with",
                        source.name(),
                        fresh.size());
            }
            keys = algorithms.group(fresh);
            failing = false;
        } catch (UnusableJwksException unusable) {
            fail(String.valueOf(unusable.getMessage()));
        } catch (IOException | RuntimeException unreadable) {
            // The message may quote the whole URL.
            fail(unreadable.getClass().getSimpleName());
        } finally {
            reading = false;
        }
    }

    private void fail(String reason) {
        if (!failing) {
            LOG.log(
                    Level.WARNING,
                    keys == null
                            ? "The JWK Set at {0} cannot be used ({1}): no token is accepted until it can"
                            : "The JWK Set at {0} cannot be used ({1}): the keys that it had stay in use",
                    source.name(),
                    reason);
        }
        failing = true;
    }

    @Override
    public void close() {
        stop.run();
    }
}
