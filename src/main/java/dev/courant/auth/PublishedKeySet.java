package dev.courant.auth;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keys that are published, and may change. */
final class PublishedKeySet extends VerificationKeys {

    private static final Logger LOG = System.getLogger(PublishedKeySet.class.getName());

    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Between two attempts, whoever asks for them: anyone can send a token with a {@code kid} that is not known. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** How long a request waits for a key that may just have been published. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final JwksSource source;
    private final Set<SignatureAlgorithm> listed;
    private final Executor refreshing;
    private final Runnable stop;
    private final LongSupplier nanoTime;

    private volatile @Nullable List<TrustedKey> keys;
    private long tried;
    private long read;
    private boolean failing;

    PublishedKeySet(
            JwksSource source,
            Set<SignatureAlgorithm> listed,
            Executor refreshing,
            Runnable stop,
            LongSupplier nanoTime) {
        this.source = source;
        this.listed = listed;
        this.refreshing = refreshing;
        this.stop = stop;
        this.nanoTime = nanoTime;
        tried = nanoTime.getAsLong() - PAUSE.toNanos();
    }

    static PublishedKeySet scheduled(JwksSource source, Set<SignatureAlgorithm> listed, ThreadFactory threads) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, threads);
        PublishedKeySet keys = new PublishedKeySet(source, listed, thread, thread::shutdownNow, System::nanoTime);
        if (source.isLocal()) {
            keys.refreshIfDue();
        }
        // Nothing is to be learned from it: refreshing throws nothing.
        var unused = thread.scheduleWithFixedDelay(keys::refreshIfDue, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return keys;
    }

    @Override
    List<TrustedKey> fitting(SignatureAlgorithm algorithm, @Nullable String kid) {
        List<TrustedKey> fitting = known(algorithm, kid);
        if (fitting.isEmpty() && kid != null && mayTry()) {
            await(CompletableFuture.runAsync(this::refresh, this::execute));
            fitting = known(algorithm, kid);
        }
        return fitting;
    }

    private List<TrustedKey> known(SignatureAlgorithm algorithm, @Nullable String kid) {
        List<TrustedKey> now = keys;
        if (now == null) {
            throw new KeysMissingException();
        }
        return now.stream().filter(key -> key.isFor(algorithm, kid)).toList();
    }

    /** What a timer calls, more often than there is something to do. */
    void refreshIfDue() {
        if (isDue() && mayTry()) {
            refresh();
        }
    }

    private synchronized boolean isDue() {
        return keys == null || failing || nanoTime.getAsLong() - read >= FRESH.toNanos();
    }

    private synchronized boolean mayTry() {
        long now = nanoTime.getAsLong();
        if (now - tried < PAUSE.toNanos()) {
            return false;
        }
        tried = now;
        return true;
    }

    /** Takes as long as the source does, so it is for the thread of its own alone. */
    private void refresh() {
        try {
            List<TrustedKey> fresh = JwksReader.read(source.read(), source.isLocal(), listed);
            succeeded(fresh);
        } catch (UnusableJwksException unusable) {
            failed(String.valueOf(unusable.getMessage()));
        } catch (IOException | RuntimeException unreadable) {
            // Its message may quote the whole address.
            failed(unreadable.getClass().getSimpleName());
        }
    }

    private synchronized void succeeded(List<TrustedKey> fresh) {
        if (keys == null || failing) {
            LOG.log(Level.INFO, "The JWK Set at {0} has {1} keys to verify tokens with", source.name(), fresh.size());
        }
        keys = fresh;
        read = nanoTime.getAsLong();
        failing = false;
    }

    private synchronized void failed(String reason) {
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

    private void execute(Runnable task) {
        try {
            refreshing.execute(task);
        } catch (RejectedExecutionException closed) {
            // Nobody waits for long.
        }
    }

    private static void await(CompletableFuture<Void> refreshed) {
        try {
            refreshed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException without) {
            // The next token with that key finds it.
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
