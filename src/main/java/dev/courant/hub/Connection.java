package dev.courant.hub;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One client's way out: "take these bytes if you can; tell me when you can again; close". Nothing here blocks. After
 * {@link #open} the methods are called by one dispatcher thread at a time.
 */
public interface Connection {

    /** Starts telling the listener; a connection that can take bytes already says so at once. Called once. */
    void open(Listener listener);

    /**
     * Takes all of the batch. Called only while the connection is writable: after {@link Listener#onWritable}, and as long
     * as the last write answered true.
     *
     * @return whether more can be written now; if not, {@link Listener#onWritable} will be called
     * @throws IOException if the connection is broken; nothing more is to be written to it
     */
    boolean write(Batch batch) throws IOException;

    /** Ends the stream when what it has taken is sent, so that the client reconnects. Any number of times. */
    void close();

    /** Ends the stream now, for a client that does not read or is gone. Any number of times. */
    default void abort() {
        close();
    }

    /** Told from any thread; answers at once. */
    interface Listener {

        /** There is room again. May be said more often than needed. */
        void onWritable();

        /** There is no room yet, but some of what was written last was taken. */
        void onProgress();

        /**
         * The connection is no more.
         *
         * @param cause what broke it, {@code null} if it ended in an orderly way
         */
        void onClosed(@Nullable Throwable cause);
    }
}
