package dev.courant.stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets in as many streams as there is room for, in all and from one address. Any thread. */
public final class Admission {

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    /** Who was refused comes back after this and up to twice this. */
    private static final long RETRY_SECONDS = 10;

    private static final long SAY_EVERY_NANOS = 60_000_000_000L;

    private final int most;
    private final int mostFromOne;
    private final ClientAddress addresses;
    private final LongSupplier nanoTime;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicLong sayAfter;

    /**
     * @param most streams in all, 1 or more
     * @param mostFromOne streams from one address, 1 or more
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public Admission(int most, int mostFromOne, ClientAddress addresses, LongSupplier nanoTime) {
        this.most = most;
        this.mostFromOne = mostFromOne;
        this.addresses = addresses;
        this.nanoTime = nanoTime;
        sayAfter = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many streams there are. */
    public int streams() {
        return all.get();
    }

    /**
     * Lets a client in, or answers that there is no room.
     *
     * @return to be run once, when its stream has ended; {@code null} if it was refused
     */
    @Nullable
    Runnable admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String address = addresses.of(request);
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            refuse(request, response, "there are " + most + " streams (courant.streams.max)");
            return null;
        }
        if (address != null && byAddress.merge(address, 1, Integer::sum) > mostFromOne) {
            leave(address);
            refuse(
                    request,
                    response,
                    address + " has " + mostFromOne + " streams (courant.streams.max-per-address;"
                            + " if it is a proxy of yours, name it in courant.proxies)");
            return null;
        }
        return () -> leave(address);
    }

    private void leave(@Nullable String address) {
        all.decrementAndGet();
        if (address != null) {
            byAddress.computeIfPresent(address, (key, streams) -> streams == 1 ? null : streams - 1);
        }
    }

    /**
     * An EventSource takes any status but 200 for a reason never to reconnect; an empty stream with a retry time makes it
     * wait. Other clients get {@code 503}.
     */
    private void refuse(HttpServletRequest request, HttpServletResponse response, String why) throws IOException {
        say(why);
        long millis = 1000 * RETRY_SECONDS + ThreadLocalRandom.current().nextLong(1000 * RETRY_SECONDS);
        if (EventSourceClient.is(request.getHeader("User-Agent"), request.getHeader("Accept"))) {
            response.setContentType("text/event-stream");
            response.getOutputStream().print("retry: " + millis + "\n\n");
        } else {
            response.setHeader("Retry-After", String.valueOf(millis / 1000 + 1));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void say(String why) {
        long now = nanoTime.getAsLong();
        long after = sayAfter.get();
        if (now - after >= 0 && sayAfter.compareAndSet(after, now + SAY_EVERY_NANOS)) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", why);
        }
    }
}
