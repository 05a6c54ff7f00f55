package dev.courant.hub;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one client. It takes bytes while it is writable, and reports when it is writable again. No method
 * blocks. After {@link #open}, one dispatcher thread at a time calls the methods.
 */
public interface Connection {

    /** Starts to notify the listener, at once if the connection is writable already. Called once. */
    void open(Listener listener);

    /**
     * Takes all bytes of the batch. Called only while the connection is writable: after {@link Listener#onWritable}, or
     * after a write that returned {@code true}.
     *
     * @return whether the connection can take more now; if not, it will call {@link Listener#onWritable}
     * @throws IOException if the connection is broken; nothing more must be written to it
     */
    boolean write(Batch batch) throws IOException;

    /** Ends the stream after the bytes already taken have been sent, so that the client reconnects. Idempotent. */
    void close();

    /** Ends the stream immediately, for a client that does not read or has disconnected. Idempotent. */
    default void abort() {
        close();
    }

    /** A listener that any thread may call. Its methods do not block. */
    interface Listener {

        /** Reports that the connection can take bytes. Spurious calls are harmless. */
        void onWritable();

        /** Reports that the client accepted some of the last write, although the connection is not writable yet. */
        void onProgress();

        /**
         * Reports that the connection is closed.
         *
         * @param cause the failure, or {@code null} if the connection was closed in an orderly way
         */
        void onClosed(@Nullable Throwable cause);
    }
}
