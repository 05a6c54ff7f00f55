package dev.courant.stream;

import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX;
import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX_PER_ADDRESS;
import static dev.courant.settings.SettingCatalogue.PROXIES;

import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.RefusedStreamException;
import dev.courant.logging.LogThrottle;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the patterns of the open streams. A large pattern counts as several, as {@link TopicSelector#weight}
 * defines. The total counts a pattern once even if several streams use it, since it is compiled and kept in memory
 * once. The limit for an address counts it once for each stream. Thread-safe.
 */
public final class PatternQuota {

    private static final Logger LOG = System.getLogger(PatternQuota.class.getName());

    private final int max;
    private final int maxPerAddress;
    private final ClientAddressResolver addresses;
    private final LogThrottle refusals;
    private final Map<TopicSelector, Integer> uses = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    /**
     * @param max the limit for all streams, 1 or more
     * @param maxPerAddress the limit for the streams from one address, 1 or more
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public PatternQuota(int max, int maxPerAddress, ClientAddressResolver addresses, LongSupplier nanoTime) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.addresses = addresses;
        refusals = new LogThrottle(Duration.ofMinutes(1), nanoTime);
    }

    /** Returns the total weight of the patterns that open streams use. */
    public int weightInUse() {
        return total.get();
    }

    /**
     * Counts the patterns of a stream until it ends. Call this on the request thread, before the stream is subscribed.
     *
     * @throws RefusedStreamException if a limit is exceeded; no pattern is counted then
     */
    void admit(HttpServletRequest request, ResponseConnection connection, Collection<TopicSelector> selectors) {
        List<TopicSelector> patterns = selectors.stream()
                .filter(pattern -> pattern.weight() > 0)
                .distinct()
                .toList();
        int weight = patterns.stream().mapToInt(TopicSelector::weight).sum();
        if (weight == 0) {
            return;
        }
        String address = addresses.resolve(request);
        if (address != null && byAddress.merge(address, weight, Integer::sum) > maxPerAddress) {
            release(address, weight);
            throw refuse(
                    429,
                    "the streams from " + address + " would have more than " + maxPerAddress
                            + " patterns (" + PATTERNS_MAX_PER_ADDRESS + ")."
                            + " If the address is a proxy, add it to " + PROXIES + ".",
                    "The streams from your address have too many patterns."
                            + " Close streams, use fewer patterns, or subscribe to exact topics.");
        }
        int added = patterns.stream().mapToInt(this::acquire).sum();
        if (total.addAndGet(added) > max) {
            release(address, weight);
            patterns.forEach(this::release);
            throw refuse(
                    503,
                    "all streams would have more than " + max + " patterns (" + PATTERNS_MAX + ").",
                    "The hub has reached its limit on patterns. Try again later, or subscribe to exact topics.");
        }
        connection.runAtEnd(() -> {
            release(address, weight);
            patterns.forEach(this::release);
        });
    }

    private RefusedStreamException refuse(int status, String reason, String detail) {
        if (refusals.tryAcquire()) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", reason);
        }
        return new RefusedStreamException(status, detail);
    }

    /** Counts one more use of a pattern, and returns its weight if this is its first use, or else 0. */
    private int acquire(TopicSelector pattern) {
        return uses.merge(pattern, 1, Integer::sum) == 1 ? pattern.weight() : 0;
    }

    private void release(TopicSelector pattern) {
        if (uses.computeIfPresent(pattern, (key, count) -> count == 1 ? null : count - 1) == null) {
            total.addAndGet(-pattern.weight());
        }
    }

    private void release(@Nullable String address, int weight) {
        if (address != null) {
            byAddress.computeIfPresent(address, (key, sum) -> sum == weight ? null : sum - weight);
        }
    }
}
