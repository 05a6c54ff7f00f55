package dev.courant.stream;

import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX;
import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX_PER_ADDRESS;
import static dev.courant.settings.SettingCatalogue.PROXIES;

import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import dev.courant.http.RetryAfter;
import dev.courant.logging.LogThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
     * Counts the patterns of a stream until it ends. If a limit is exceeded, sends an error response and counts
     * nothing. Call this on the request thread, before the stream is subscribed.
     *
     * @return whether the stream is admitted
     */
    boolean admit(
            HttpServletRequest request,
            HttpServletResponse response,
            ResponseConnection connection,
            Collection<TopicSelector> selectors)
            throws IOException {
        List<TopicSelector> patterns = selectors.stream()
                .filter(pattern -> pattern.weight() > 0)
                .distinct()
                .toList();
        int weight = patterns.stream().mapToInt(TopicSelector::weight).sum();
        if (weight == 0) {
            return true;
        }
        String address = addresses.resolve(request);
        if (address != null && byAddress.merge(address, weight, Integer::sum) > maxPerAddress) {
            release(address, weight);
            refuse(
                    request,
                    response,
                    429,
                    "the streams from " + address + " would have more than " + maxPerAddress
                            + " patterns (" + PATTERNS_MAX_PER_ADDRESS + ")."
                            + " If the address is a proxy, add it to " + PROXIES + ".",
                    "The streams from your address have too many patterns."
                            + " Close streams, use fewer patterns, or subscribe to exact topics.");
            return false;
        }
        int added = patterns.stream().mapToInt(this::acquire).sum();
        if (total.addAndGet(added) > max) {
            release(address, weight);
            patterns.forEach(this::release);
            refuse(
                    request,
                    response,
                    503,
                    "all streams would have more than " + max + " patterns (" + PATTERNS_MAX + ").",
                    "The hub has reached its limit on patterns. Try again later, or subscribe to exact topics.");
            return false;
        }
        connection.runAtEnd(() -> {
            release(address, weight);
            patterns.forEach(this::release);
        });
        return true;
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, String reason, String detail)
            throws IOException {
        if (refusals.tryAcquire()) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", reason);
        }
        if (!RetryAfter.sendToEventSource(request, response)) {
            new ProblemException(status, detail, RetryAfter.createHeader()).send(response);
        }
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
