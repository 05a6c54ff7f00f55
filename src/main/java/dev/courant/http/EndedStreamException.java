package dev.courant.http;

/** Thrown if a stream has nothing left to send, now or later. {@link EndedStreamMapper} creates the response. */
public final class EndedStreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EndedStreamException(Throwable cause) {
        super(cause);
    }
}
