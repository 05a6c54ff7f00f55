package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/** The keys of a JWK Set that may change. A thread of its own reads the set, so no request waits for it. */
final class PublishedKeySet extends VerificationKeys {

    private static final Logger LOG = System.getLogger(PublishedKeySet.class.getName());
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    /** The minimum time between reads that unknown key ids cause. Any client can send such ids. */
    private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);

    private final JwksSource source;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private volatile boolean reading;
    private volatile boolean failing;
    private long startedAt;

    /**
     * @param executor the executor that reads the set after an unknown key id
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    PublishedKeySet(JwksSource source, SignatureAlgorithms algorithms, Executor executor, LongSupplier nanoTime) {
        super(algorithms);
        this.source = source;
        this.executor = executor;
        this.nanoTime = nanoTime;
        startedAt = nanoTime.getAsLong() - RETRY_INTERVAL.toNanos();
    }

    /** @throws IllegalArgumentException if the source is an unusable file. Files that become so later only log it */
    static PublishedKeySet scheduled(JwksSource source, SignatureAlgorithms algorithms, ThreadFactory threads) {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        PublishedKeySet keys = new PublishedKeySet(source, algorithms, thread, System::nanoTime);
        if (source.isFile()) {
            try {
                keys.load();
            } catch (JwksSource.UnusableException unusable) {
                throw new IllegalArgumentException(JWT_JWKS + " names the file " + source.name()
                        + ", which cannot be used: " + unusable.getMessage());
            }
        }
        // The future is ignored: refreshIfDue never throws.
        var unused =
                thread.scheduleWithFixedDelay(keys::refreshIfDue, 0, RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return keys;
    }

    /**
     * {@inheritDoc} An unknown id starts a read of the set.
     *
     * @throws ProblemException with status 503 until a read ends that may find the key
     */
    @Override
    List<JsonWebKey> find(String algorithm, @Nullable String kid) {
        if (!isLoaded()) {
            throw missingKeys();
        }
        List<JsonWebKey> found = super.find(algorithm, kid);
        if (!found.isEmpty() || kid == null) {
            return found;
        }
        if (start(UNKNOWN_KEY_INTERVAL)) {
            executor.execute(this::read);
        }
        if (reading) {
            throw missingKeys();
        }
        return super.find(algorithm, kid);
    }

    private static ProblemException missingKeys() {
        long seconds = RETRY_INTERVAL.toSeconds();
        return new ProblemException(
                503,
                "The token cannot be verified yet, because the keys are not loaded. Try again in " + seconds + " seconds.",
                ResponseHeader.retryAfter(seconds));
    }

    /** Reads the set if the last read is too long ago. A timer calls this more often than necessary. */
    void refreshIfDue() {
        if (start(isLoaded() && !failing ? REFRESH_INTERVAL : RETRY_INTERVAL)) {
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

    private void read() {
        try {
            load();
        } catch (JwksSource.UnusableException unusable) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        isLoaded()
                                ? "The JWK Set at {0} cannot be used ({1}): the keys that it had stay in use"
                                : "The JWK Set at {0} cannot be used ({1}): no token is accepted until it can",
                        source.name(),
                        unusable.getMessage());
            }
            failing = true;
        } finally {
            reading = false;
        }
    }

    /** Reads the set, for as long as the source takes. */
    private void load() throws JwksSource.UnusableException {
        List<JsonWebKey> fresh = source.readKeys(algorithms);
        if (!isLoaded() || failing) {
            LOG.log(Level.INFO, "The JWK Set at {0} has {1} keys to verify tokens with", source.name(), fresh.size());
        }
        replace(fresh);
        failing = false;
    }

    @Override
    public void close() {
        if (executor instanceof ExecutorService thread) {
            thread.shutdownNow();
        }
    }
}
