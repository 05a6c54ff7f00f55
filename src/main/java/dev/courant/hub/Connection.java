package dev.courant.hub;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one client. It takes bytes while it is writable, and reports when it is writable again. No method
 * blocks. After {@link #open}, one dispatcher thread at a time calls the methods.
 */
public interface Connection {

    /** Sets the listener, and notifies it at once if the connection is writable. Called once. */
    void open(Listener listener);

    /**
     * Takes all bytes of the batch. Called only while the connection is writable: after {@link Listener#onWritable}, or
     * after a write that returned {@code true}.
     *
     * @return whether the connection can take more now; if not, it calls {@link Listener#onWritable} once it can
     * @throws IOException if the connection is broken; the caller must not write to it again
     */
    boolean write(Batch batch) throws IOException;

    /**
     * Ends the stream once the bytes that this connection has taken are sent. The client then reconnects. Idempotent.
     */
    void close();

    /**
     * Ends the stream at once, without sending the remaining bytes: the client does not read or has disconnected.
     * Idempotent.
     */
    default void abort() {
        close();
    }

    /** A listener that any thread may call. Its methods do not block. */
    interface Listener {

        /** Reports that the connection can take bytes. May be called more often than necessary. */
        void onWritable();

        /** Reports that the client accepted a part of the last write. The connection is not writable yet. */
        void onProgress();

        /**
         * Reports that the connection is closed.
         *
         * @param cause the failure, or {@code null} if the connection was closed in an orderly way
         */
        void onClosed(@Nullable Throwable cause);
    }
}
