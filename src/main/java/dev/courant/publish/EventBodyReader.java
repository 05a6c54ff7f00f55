package dev.courant.publish;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.log.EventPipe;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one body into a pipe, without blocking. It stops when the pipe has no room or the budget no memory. One
 * thread at a time calls this object, except {@link #markReadable} and {@link #markAllRead}.
 */
final class EventBodyReader {

    private static final int READ_BYTES = 16 << 10;

    /** The number of bytes after which other bodies have their turn. */
    private static final int SLICE_BYTES = 64 << 10;

    private final ServletInputStream in;
    private final EventDecoder decoder;
    private final EventPipe pipe;
    private final BodyMemoryBudget.Share memory;
    private volatile boolean readable; // the server has bytes, or may have some
    private volatile boolean allRead;
    private volatile long readAt = System.nanoTime();
    private long received; // events
    private boolean ended;
    private boolean unfinished;
    private @Nullable ProblemException problem;

    EventBodyReader(
            ServletInputStream in,
            DecoderFactory decoders,
            EventStreamReceiver.EventFactory events,
            EventPipe pipe,
            BodyMemoryBudget.Share memory) {
        this.in = in;
        this.pipe = pipe;
        this.memory = memory;
        decoder = decoders.create((type, data) -> {
            pipe.add(events.create(type, data));
            received++;
        });
    }

    /** Creates the decoder of a body. */
    interface DecoderFactory {
        EventDecoder create(EventDecoder.Sink sink);
    }

    /** Marks the body as readable: the server called {@link jakarta.servlet.ReadListener#onDataAvailable}. */
    void markReadable() {
        readable = true;
    }

    /** Marks the end of the body: the server called {@link jakarta.servlet.ReadListener#onAllDataRead}. */
    void markAllRead() {
        allRead = true;
        readable = true;
    }

    /**
     * Returns whether bytes can only be read while the server calls {@link jakarta.servlet.ReadListener#onDataAvailable}.
     * Later, Open Liberty reports bytes that it has received only after further bytes have arrived.
     */
    boolean isLimitedToCallbacks() {
        return in.getClass().getName().startsWith("com.ibm.");
    }

    boolean isReadable() {
        return readable;
    }

    /** Returns the time of the last read, in nanoseconds of {@link System#nanoTime}. */
    long readAt() {
        return readAt;
    }

    /** Returns whether the end of the body was read. */
    boolean isEnded() {
        return ended;
    }

    /** Returns whether the body ended within an event. */
    boolean isUnfinished() {
        return unfinished;
    }

    /** Returns the reason why the body cannot be published further, or {@code null}. */
    @Nullable
    ProblemException problem() {
        return problem;
    }

    /** Reads the next bytes, and appends their events. Returns whether more can be read at once. */
    boolean readSlice() throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        int left = SLICE_BYTES;
        while (left > 0 && problem == null && !ended && pipe.hasRoom() && reserveMemory()) {
            int read = isReady() ? in.read(buffer) : 0;
            if (read < 0 || (read == 0 && allRead)) {
                ended = true;
                decode(() -> unfinished = decoder.end());
            } else if (read > 0) {
                left -= read;
                readAt = System.nanoTime();
                decode(() -> decoder.decode(buffer, read));
            }
            pipe.flush();
            if (read <= 0) {
                break;
            }
        }
        memory.shrinkTo(countBytes());
        return left <= 0 && problem == null;
    }

    /** Reads and discards the next bytes. Returns whether more can be discarded at once. */
    boolean discardSlice() throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        int left = SLICE_BYTES;
        while (left > 0 && !ended && isReady()) {
            int read = in.read(buffer);
            ended = read < 0;
            left -= read;
        }
        ended |= allRead;
        return left <= 0 && !ended;
    }

    /** Returns whether a read does not block. If not, the server reports it once bytes have arrived. */
    private boolean isReady() {
        if (!readable) {
            return false;
        }
        readable = false; // first: the server may report bytes before isReady returns
        try {
            boolean ready = in.isReady();
            if (ready) { // not |=, which would overwrite a report of the server
                readable = true;
            }
            return ready;
        } catch (IllegalStateException registered) {
            // Grizzly throws this while a thread of the server asks for the same report. PublishingStream.check tries
            // again.
            readable = true;
            return false;
        }
    }

    private void decode(Runnable step) {
        try {
            step.run();
        } catch (ProblemException invalid) {
            problem = new ProblemException(
                    invalid.problem().status(), "Event " + (received + 1) + " of the body: " + invalid.getMessage());
        }
    }

    private int countBytes() {
        return (int) Math.min(Integer.MAX_VALUE - READ_BYTES, decoder.bufferedBytes() + pipe.characters());
    }

    private boolean reserveMemory() {
        int missing = (int) (countBytes() + READ_BYTES - memory.bytes());
        boolean reserved = missing <= 0 || memory.tryReserve(missing);
        if (!reserved && pipe.isIdle() && decoder.bufferedBytes() > READ_BYTES) {
            problem = new ProblemException(
                    503,
                    "The server has no memory for a large event now. Continue after Retry-After.",
                    ResponseHeader.retryAfter(2));
        }
        return reserved;
    }
}
