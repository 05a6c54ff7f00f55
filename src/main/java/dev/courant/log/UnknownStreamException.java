package dev.courant.log;

/** Thrown when a publisher continues a publishing stream whose idempotency key is not known. */
public final class UnknownStreamException extends LogException {

    private static final long serialVersionUID = 1;

    public UnknownStreamException() {
        super(
                "The Idempotency-Key is unknown, or no event was stored with it for 5 minutes. Publish the stream from its"
                        + " first event, with a new key.");
    }
}
