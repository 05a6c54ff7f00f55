package dev.courant.log;

/** Thrown when an event of a publishing stream does not follow the last one that the log has with its idempotency key. */
public final class StreamPositionException extends LogException {

    private static final long serialVersionUID = 1;

    private final transient StreamPosition position;

    /** @param position of the stream in the log */
    public StreamPositionException(StreamPosition position) {
        super("The last event that is stored with this Idempotency-Key has the number " + position.number()
                + ". Continue with the next one.");
        this.position = position;
    }

    StreamPosition position() {
        return position;
    }
}
