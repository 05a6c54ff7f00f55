package dev.courant.hub;

/** Thrown instead of opening a stream: all its topics have ended, and the client has received the last end. */
public final class StreamEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StreamEndedException() {
        super("All topics of the stream have ended, and the client has received all events.");
    }
}
