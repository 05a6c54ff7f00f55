package dev.courant.publish;

import static dev.courant.settings.SettingCatalogue.PUBLISH_MAX_BYTES;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one publication, chunked or not, up to a maximum size. A slow publisher blocks one of the server's
 * few hundred request threads, so {@link SlowBodyLimit} limits the number of slow bodies. Not
 * thread-safe; used by one request thread.
 */
final class BodyReader {

    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * The time to wait for a place in {@link SlowBodyLimit}. It is longer than the time after which a body counts as
     * slow. So a waiting body can replace one that has become slow.
     */
    private static final Duration MAX_POLL_TIME = Duration.ofMillis(1500);

    private static final int CHUNK_BYTES = 16 << 10;

    private final InputStream in;
    private final long length;
    private final int maxBytes;
    private final BodyMemoryBudget.Share memory;
    private final SlowBodyLimit slowBodies;
    private final Duration timeout;
    private byte[] bytes = {};
    private int size;

    /**
     * @param length the {@code Content-Length}, or a negative number if there is none
     * @param maxBytes the maximum size
     * @param memory the share from which the body's memory is reserved
     * @param slowBodies the limit on threads that wait for the rest of a body
     * @param timeout the time to wait for the rest of a body
     */
    BodyReader(
            InputStream in,
            long length,
            int maxBytes,
            BodyMemoryBudget.Share memory,
            SlowBodyLimit slowBodies,
            Duration timeout) {
        this.in = in;
        this.length = length;
        this.maxBytes = maxBytes;
        this.memory = memory;
        this.slowBodies = slowBodies;
        this.timeout = timeout;
    }

    /**
     * Reads the whole body.
     *
     * @param address returns the address of the client, or {@code null} if it is unknown
     * @throws ProblemException if the body is too large or too slow, or a limit on all bodies is reached
     */
    byte[] read(Supplier<@Nullable String> address) throws IOException {
        if (length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        long start = System.nanoTime();
        while (isUnfinished()) {
            int available = in.available();
            if (available > 0) {
                // A single read: Undertow blocks even if 0 bytes are requested, as readNBytes does at its end.
                readOnce(available);
                continue;
            }
            // Before polling: on some servers available() returns 0 until the first read.
            SlowBodyLimit.Wait wait = slowBodies.begin(address.get());
            if (wait != null) {
                try (wait) {
                    await(wait);
                }
                break;
            }
            if (System.nanoTime() - start > MAX_POLL_TIME.toNanos()) {
                throw tooManySlowBodies();
            }
            // Without a place, poll for a short time: many clients send the body right after the headers.
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        if (size > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void await(SlowBodyLimit.Wait wait) throws IOException {
        long start = System.nanoTime();
        int before = size;
        try {
            while (isUnfinished() && readOnce(CHUNK_BYTES) >= 0) {
                wait.recordReceived(size - before);
                if (wait.isCancelled()) {
                    throw tooManySlowBodies();
                }
                checkTime(start);
            }
        } catch (IOException interrupted) {
            if (wait.isCancelled()) {
                throw tooManySlowBodies();
            }
            checkTime(start); // servers end a read that takes 30 seconds or longer
            throw interrupted;
        }
    }

    private void checkTime(long start) {
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw new ProblemException(
                    408,
                    "The body did not arrive within " + timeout.toSeconds() + " seconds. Publish the event again.");
        }
    }

    private boolean isUnfinished() {
        return size <= maxBytes && size != length;
    }

    private int readOnce(int atMost) throws IOException {
        if (size == bytes.length) {
            grow();
        }
        int read = in.read(bytes, size, Math.min(atMost, bytes.length - size));
        size += Math.max(0, read);
        return read;
    }

    /**
     * Enlarges the buffer to the known length, or else doubles it. It grows to at most one byte more than the maximum, which is
     * enough to detect a body that is too large.
     */
    private void grow() {
        long limit = length >= 0 ? length : maxBytes + 1L;
        int larger = (int) Math.min(limit, Math.max(CHUNK_BYTES, 2L * size));
        if (!memory.tryReserve(larger - bytes.length)) {
            slowBodies.cancelSlowest(); // its memory is then free for other bodies
            throw new ProblemException(
                    503,
                    "The server has no memory for another body now. Publish the event again after Retry-After.",
                    ResponseHeader.retryAfter(2));
        }
        bytes = Arrays.copyOf(bytes, larger);
    }

    static ProblemException tooLarge(int maxBytes) {
        return new ProblemException(
                413,
                "The body is larger than " + maxBytes + " bytes (" + PUBLISH_MAX_BYTES + "). Publish smaller events.");
    }

    private static ProblemException tooManySlowBodies() {
        return new ProblemException(
                503,
                "The server is receiving too many slow bodies. Publish the event again after Retry-After.",
                ResponseHeader.retryAfter(10));
    }
}
