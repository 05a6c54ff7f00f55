package dev.courant.stream;

import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX;
import static dev.courant.settings.SettingCatalogue.PATTERNS_MAX_PER_ADDRESS;
import static dev.courant.settings.SettingCatalogue.PROXIES;
import static dev.courant.settings.SettingCatalogue.STREAMS_MAX;
import static dev.courant.settings.SettingCatalogue.STREAMS_MAX_PER_ADDRESS;

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
 * The limits on the open streams and on their patterns, in total and from one address. A large pattern counts as several,
 * as {@link TopicSelector#weight} defines. The total counts a pattern once even if several streams use it, since it is
 * compiled and kept in memory once. The limit for an address counts it once for each stream. Thread-safe.
 */
public final class StreamQuota {

    private static final Logger LOG = System.getLogger(StreamQuota.class.getName());

    /** A number of streams, and the weight of their patterns. */
    public record Usage(int streams, int patterns) {

        private Usage plus(Usage other) {
            return new Usage(streams + other.streams, patterns + other.patterns);
        }

        private @Nullable Usage minus(Usage other) {
            return equals(other) ? null : new Usage(streams - other.streams, patterns - other.patterns);
        }
    }

    private final Usage max;
    private final Usage maxPerAddress;
    private final ClientAddressResolver addresses;
    private final LogThrottle streamRefusals;
    private final LogThrottle patternRefusals;
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger patterns = new AtomicInteger();
    private final Map<TopicSelector, Integer> uses = new ConcurrentHashMap<>();
    private final Map<String, Usage> byAddress = new ConcurrentHashMap<>();

    /**
     * @param max the limits for all streams, 1 or more
     * @param maxPerAddress the limits for the streams from one address, 1 or more
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public StreamQuota(Usage max, Usage maxPerAddress, ClientAddressResolver addresses, LongSupplier nanoTime) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.addresses = addresses;
        streamRefusals = new LogThrottle(Duration.ofMinutes(1), nanoTime);
        patternRefusals = new LogThrottle(Duration.ofMinutes(1), nanoTime);
    }

    /** Returns the number of open streams, and the weight of the patterns that they use. */
    public Usage usage() {
        return new Usage(streams.get(), patterns.get());
    }

    /**
     * Counts a new stream and its patterns.
     *
     * @return a task to run once, when the stream has ended
     * @throws RefusedStreamException if a limit is exceeded; nothing is counted then
     */
    Runnable admit(HttpServletRequest request, Collection<TopicSelector> selectors) {
        List<TopicSelector> used = selectors.stream()
                .filter(pattern -> pattern.weight() > 0)
                .distinct()
                .toList();
        Usage added = new Usage(1, used.stream().mapToInt(TopicSelector::weight).sum());
        String address = addresses.resolve(request);
        Usage own = address == null ? added : byAddress.merge(address, added, Usage::plus);
        try {
            checkStreams(streams.incrementAndGet());
            checkAddress(address, own, added);
        } catch (RefusedStreamException refused) {
            release(List.of(), added, address);
            throw refused;
        }
        int all = patterns.addAndGet(used.stream().mapToInt(this::acquire).sum());
        if (added.patterns > 0 && all > max.patterns) {
            release(used, added, address);
            throw refuse(
                    503,
                    patternRefusals,
                    "all streams would have more than " + max.patterns + " patterns (" + PATTERNS_MAX + ").",
                    "The hub has reached its limit on patterns. Try again later, or subscribe to exact topics.");
        }
        return () -> release(used, added, address);
    }

    private void checkStreams(int all) {
        if (all > max.streams) {
            throw refuse(
                    503,
                    streamRefusals,
                    "there are " + max.streams + " open streams (" + STREAMS_MAX + ")",
                    "The server has reached its limit of " + max.streams + " streams (" + STREAMS_MAX
                            + "). Reconnect later.");
        }
    }

    private void checkAddress(@Nullable String address, Usage own, Usage added) {
        if (address != null && own.streams > maxPerAddress.streams) {
            throw refuse(
                    503,
                    streamRefusals,
                    address + " has " + maxPerAddress.streams + " open streams (" + STREAMS_MAX_PER_ADDRESS
                            + "). If it is your own proxy, add it to " + PROXIES,
                    "Your address has reached its limit of " + maxPerAddress.streams + " streams ("
                            + STREAMS_MAX_PER_ADDRESS + "). Close one of them, or reconnect later.");
        }
        if (address != null && added.patterns > 0 && own.patterns > maxPerAddress.patterns) {
            throw refuse(
                    429,
                    patternRefusals,
                    "the streams from " + address + " would have more than " + maxPerAddress.patterns + " patterns ("
                            + PATTERNS_MAX_PER_ADDRESS + "). If the address is a proxy, add it to " + PROXIES + ".",
                    "The streams from your address have too many patterns."
                            + " Close streams, use fewer patterns, or subscribe to exact topics.");
        }
    }

    private static RefusedStreamException refuse(int status, LogThrottle throttle, String reason, String detail) {
        if (throttle.tryAcquire()) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", reason);
        }
        return new RefusedStreamException(status, detail);
    }

    private void release(List<TopicSelector> used, Usage added, @Nullable String address) {
        streams.decrementAndGet();
        used.forEach(this::release);
        if (address != null) {
            byAddress.computeIfPresent(address, (key, usage) -> usage.minus(added));
        }
    }

    /** Counts one more use of a pattern, and returns its weight if this is its first use, or else 0. */
    private int acquire(TopicSelector pattern) {
        return uses.merge(pattern, 1, Integer::sum) == 1 ? pattern.weight() : 0;
    }

    private void release(TopicSelector pattern) {
        if (uses.computeIfPresent(pattern, (key, count) -> count == 1 ? null : count - 1) == null) {
            patterns.addAndGet(-pattern.weight());
        }
    }
}
