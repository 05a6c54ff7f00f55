package dev.courant.http;

import static dev.courant.settings.SettingCatalogue.PROXIES;
import static dev.courant.settings.SettingCatalogue.STREAMS_MAX;
import static dev.courant.settings.SettingCatalogue.STREAMS_MAX_PER_ADDRESS;

import dev.courant.logging.LogThrottle;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Limits the number of open streams, in total and from one address. Thread-safe. */
public final class StreamAdmission {

    private static final Logger LOG = System.getLogger(StreamAdmission.class.getName());

    private final int max;
    private final int maxPerAddress;
    private final ClientAddressResolver addresses;
    private final LogThrottle refusals;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * @param max streams in total, 1 or more
     * @param maxPerAddress streams from one address, 1 or more
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public StreamAdmission(int max, int maxPerAddress, ClientAddressResolver addresses, LongSupplier nanoTime) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.addresses = addresses;
        refusals = new LogThrottle(Duration.ofMinutes(1), nanoTime);
    }

    /** Returns the number of open streams. */
    public int count() {
        return all.get();
    }

    /**
     * Counts a new stream.
     *
     * @return a task to run once, when the stream has ended
     * @throws RefusedStreamException if a limit is reached
     */
    public Runnable admit(HttpServletRequest request) {
        String address = addresses.resolve(request);
        if (all.incrementAndGet() > max) {
            all.decrementAndGet();
            throw refuse(
                    "there are " + max + " open streams (" + STREAMS_MAX + ")",
                    "The server has reached its limit of " + max + " streams (" + STREAMS_MAX + "). Reconnect later.");
        }
        if (address != null && byAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            release(address);
            throw refuse(
                    address + " has " + maxPerAddress + " open streams (" + STREAMS_MAX_PER_ADDRESS + ")."
                            + " If it is your own proxy, add it to " + PROXIES,
                    "Your address has reached its limit of " + maxPerAddress + " streams (" + STREAMS_MAX_PER_ADDRESS
                            + "). Close one of them, or reconnect later.");
        }
        return () -> release(address);
    }

    private void release(@Nullable String address) {
        all.decrementAndGet();
        if (address != null) {
            byAddress.computeIfPresent(address, (key, streams) -> streams == 1 ? null : streams - 1);
        }
    }

    private RefusedStreamException refuse(String reason, String detail) {
        if (refusals.tryAcquire()) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", reason);
        }
        return new RefusedStreamException(503, detail);
    }
}
