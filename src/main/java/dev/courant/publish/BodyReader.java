package dev.courant.publish;

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
 * The body of one publication while it is read, within a limit whether it is chunked or not. A publisher that sends it
 * slowly keeps one of the server's threads waiting, of which there are some hundreds for all clients: {@link SlowBodyLimit}.
 */
final class BodyReader {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Longer than {@link SlowBodyLimit} calls any body slow: by then one gives way to a publisher that is not. */
    private static final Duration MOMENT = Duration.ofMillis(1500);

    private static final int PIECE = 16 << 10;

    private final InputStream in;
    private final long length;
    private final int most;
    private final BodyMemoryBudget.Share memory;
    private final SlowBodyLimit waiting;
    private byte[] bytes = {};
    private int size;

    /**
     * Begins to read a body.
     *
     * @param length as the request says it; negative if it does not
     * @param most the maximum size in bytes
     * @param memory counts what the body takes
     * @param waiting lets the thread wait for what has not come yet
     */
    BodyReader(InputStream in, long length, int most, BodyMemoryBudget.Share memory, SlowBodyLimit waiting) {
        this.in = in;
        this.length = length;
        this.most = most;
        this.memory = memory;
        this.waiting = waiting;
    }

    /**
     * Reads it whole.
     *
     * @param address returns where it comes from, or {@code null} if that is not known
     */
    byte[] read(Supplier<@Nullable String> address) throws IOException {
        long start = System.nanoTime();
        while (isUnfinished()) {
            int here = in.available();
            if (here > 0) {
                // Once: Undertow waits for the next byte even where none is asked for, as readNBytes does at its end.
                readOnce(here);
                continue;
            }
            // Before any moment is spent: some servers see nothing until something is read.
            SlowBodyLimit.Wait wait = waiting.begin(address.get());
            if (wait != null) {
                try (wait) {
                    await(wait);
                }
                break;
            }
            if (System.nanoTime() - start > MOMENT.toNanos()) {
                throw crowded();
            }
            // What is here in a moment takes no waiting: many clients send it right behind the headers.
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        if (size > most) {
            throw tooLarge(most);
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void await(SlowBodyLimit.Wait wait) throws IOException {
        long start = System.nanoTime();
        int before = size;
        try {
            while (isUnfinished() && readOnce(PIECE) >= 0) {
                wait.received(size - before);
                if (wait.isEvicted()) {
                    throw crowded();
                }
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new ProblemException(
                            408, "What is published has to arrive within " + PATIENCE.toSeconds() + " seconds.");
                }
            }
        } catch (IOException interrupted) {
            if (wait.isEvicted()) {
                throw crowded();
            }
            throw interrupted;
        }
    }

    private boolean isUnfinished() {
        return size <= most && size != length;
    }

    private int readOnce(int atMost) throws IOException {
        if (size == bytes.length) {
            grow();
        }
        int read = in.read(bytes, size, Math.min(atMost, bytes.length - size));
        size += Math.max(0, read);
        return read;
    }

    /** To the size that is known, or twice as large; to one byte more than the limit at the most, which shows too much. */
    private void grow() {
        long goal = length >= 0 && length <= most && size < length ? length : most + 1L;
        int larger = (int) Math.min(goal, Math.max(PIECE, 2L * size));
        if (!memory.take(larger - bytes.length)) {
            waiting.evictSlowest(); // it may have taken much
            throw new ProblemException(
                    503,
                    "The server is receiving as many bytes as its heap allows. Publish again later.",
                    ResponseHeader.retryAfter(2));
        }
        bytes = Arrays.copyOf(bytes, larger);
    }

    static ProblemException tooLarge(int most) {
        return new ProblemException(
                413, "What is published has " + most + " bytes at the most (courant.publish.max-bytes).");
    }

    private static ProblemException crowded() {
        return new ProblemException(
                503, "Too many publications are being received just now.", ResponseHeader.retryAfter(10));
    }
}
