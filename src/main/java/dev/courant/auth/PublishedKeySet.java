package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
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
    private final LongSupplier nanoTime;
    private final ScheduledThreadPoolExecutor timer;

    /** The request of a read: true from an unknown key id until a read ends. */
    private volatile boolean pending;

    private volatile boolean failing;
    private volatile long lastRead;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    PublishedKeySet(JwksSource source, SignatureAlgorithms algorithms, ThreadFactory threads, LongSupplier nanoTime) {
        super(algorithms);
        this.source = source;
        this.nanoTime = nanoTime;
        timer = new ScheduledThreadPoolExecutor(1, threads);
        lastRead = nanoTime.getAsLong() - RETRY_INTERVAL.toNanos();
    }

    /** @throws IllegalArgumentException if the set is an unusable file. Later, its last keys stay in use instead */
    PublishedKeySet start() {
        if (source.isFile()) {
            try {
                load();
            } catch (JwksSource.UnusableException unusable) {
                throw new IllegalArgumentException(JWT_JWKS + " names the file " + source.name()
                        + ", which cannot be used: " + unusable.getMessage());
            }
        }
        // The future is ignored: refreshIfDue never throws.
        var unused = timer.scheduleWithFixedDelay(this::refreshIfDue, 0, 1, TimeUnit.SECONDS);
        return this;
    }

    /**
     * {@inheritDoc} An unknown id requests a read of the set.
     *
     * @throws ProblemException with status 503 until a read ends that may find the key
     */
    @Override
    List<JsonWebKey> find(String algorithm, @Nullable String kid) {
        boolean loaded = !all.isEmpty();
        List<JsonWebKey> found = super.find(algorithm, kid);
        if (loaded && (!found.isEmpty() || kid == null || (!pending && !isOlderThan(UNKNOWN_KEY_INTERVAL)))) {
            return found;
        }
        pending = true;
        long seconds = RETRY_INTERVAL.toSeconds();
        throw new ProblemException(
                503,
                "The token cannot be verified yet, because the keys are not loaded. Try again in " + seconds
                        + " seconds.",
                ResponseHeader.retryAfter(seconds));
    }

    private boolean isOlderThan(Duration age) {
        return nanoTime.getAsLong() - lastRead >= age.toNanos();
    }

    /** Reads the set if it is due, for as long as the source takes. The timer calls this every second. */
    void refreshIfDue() {
        Duration regular = pending ? UNKNOWN_KEY_INTERVAL : REFRESH_INTERVAL;
        if (!isOlderThan(!all.isEmpty() && !failing ? regular : RETRY_INTERVAL)) {
            return;
        }
        lastRead = nanoTime.getAsLong();
        pending = true;
        try {
            load();
        } catch (JwksSource.UnusableException unusable) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "The JWK Set at {0} cannot be used ({1}): {2}",
                        source.name(),
                        unusable.getMessage(),
                        all.isEmpty() ? "no token is accepted until it can" : "the keys that it had stay in use");
            }
            failing = true;
        }
        pending = false;
    }

    private void load() throws JwksSource.UnusableException {
        List<JsonWebKey> fresh = source.readKeys(algorithms);
        if (all.isEmpty() || failing) {
            LOG.log(Level.INFO, "The JWK Set at {0} has {1} keys to verify tokens with", source.name(), fresh.size());
        }
        all = fresh;
        failing = false;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
