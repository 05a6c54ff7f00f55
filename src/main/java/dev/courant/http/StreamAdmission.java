package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets in as many streams as there is room for, in all and from one address. Any thread. */
public final class StreamAdmission {

    private final int most;
    private final int mostFromOne;
    private final ClientAddress addresses;
    private final RefusedStreamLog refusals;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * @param most streams in all, 1 or more
     * @param mostFromOne streams from one address, 1 or more
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public StreamAdmission(int most, int mostFromOne, ClientAddress addresses, LongSupplier nanoTime) {
        this.most = most;
        this.mostFromOne = mostFromOne;
        this.addresses = addresses;
        refusals = new RefusedStreamLog(nanoTime);
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
    public @Nullable Runnable admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String address = addresses.of(request);
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            refuse(
                    request,
                    response,
                    "there are " + most + " streams (courant.streams.max)",
                    "There is no room for another stream (courant.streams.max).");
            return null;
        }
        if (address != null && byAddress.merge(address, 1, Integer::sum) > mostFromOne) {
            leave(address);
            refuse(
                    request,
                    response,
                    address + " has " + mostFromOne + " streams (courant.streams.max-per-address;"
                            + " if it is a proxy of yours, name it in courant.proxies)",
                    "Your address has as many streams as one may have (courant.streams.max-per-address).");
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

    private void refuse(HttpServletRequest request, HttpServletResponse response, String why, String detail)
            throws IOException {
        refusals.warn(why);
        if (!RetryAfter.answerEventSource(request, response)) {
            new ProblemException(503, detail, RetryAfter.after()).send(response);
        }
    }
}
