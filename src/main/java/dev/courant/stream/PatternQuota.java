package dev.courant.stream;

import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import dev.courant.http.RefusedStreamLog;
import dev.courant.http.RetryAfter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the patterns of all open streams, by {@link TopicSelector#weight}. In all, a pattern that several streams have
 * counts once, since it is compiled and kept once. For an address it counts once for each stream. Any thread.
 */
public final class PatternQuota {

    private final int max;
    private final int maxPerAddress;
    private final ClientAddressResolver addresses;
    private final RefusedStreamLog refusals;
    private final Map<TopicSelector, Integer> uses = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    /**
     * @param max patterns in all, 1 or more
     * @param maxPerAddress patterns of the streams from one address, 1 or more
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public PatternQuota(int max, int maxPerAddress, ClientAddressResolver addresses, LongSupplier nanoTime) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.addresses = addresses;
        refusals = new RefusedStreamLog(nanoTime);
    }

    /** Returns how many patterns are in use. */
    public int patterns() {
        return all.get();
    }

    /**
     * Counts the patterns of a stream until it ends, or answers that a limit is exceeded, in which case nothing is counted.
     * Must be called before the stream is subscribed, on the request's thread.
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
            refusals.warn(
                    address + " would have more than " + maxPerAddress
                            + " patterns (courant.patterns.max-per-address; if it is a proxy of yours, name it in courant.proxies)");
            refuse(
                    request,
                    response,
                    429,
                    "The streams from your address have too many patterns. Close some of them, or subscribe by fewer"
                            + " patterns or by exact topics.");
            return false;
        }
        int added = patterns.stream().mapToInt(this::use).sum();
        if (all.addAndGet(added) > max) {
            release(address, weight);
            patterns.forEach(this::release);
            refusals.warn("there would be more than " + max + " patterns (courant.patterns.max)");
            refuse(
                    request,
                    response,
                    503,
                    "All streams together have as many patterns as the hub allows. Come back later, or subscribe by exact"
                            + " topics.");
            return false;
        }
        connection.whenOver(() -> {
            release(address, weight);
            patterns.forEach(this::release);
        });
        return true;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String detail)
            throws IOException {
        if (!RetryAfter.sendToEventSource(request, response)) {
            new ProblemException(status, detail, RetryAfter.createHeader()).send(response);
        }
    }

    /** Returns what a further use adds to the weight of all. */
    private int use(TopicSelector pattern) {
        return uses.merge(pattern, 1, Integer::sum) == 1 ? pattern.weight() : 0;
    }

    private void release(TopicSelector pattern) {
        if (uses.computeIfPresent(pattern, (key, count) -> count == 1 ? null : count - 1) == null) {
            all.addAndGet(-pattern.weight());
        }
    }

    private void release(@Nullable String address, int weight) {
        if (address != null) {
            byAddress.computeIfPresent(address, (key, sum) -> sum == weight ? null : sum - weight);
        }
    }
}
