package dev.courant.auth;

/** A token is refused. The reason is for the operator's log: a client that is told it learns how to forge. */
public final class InvalidTokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason in words of our own, never in those of the token */
    public InvalidTokenException(String reason) {
        // Anyone can cause it as often as they like: without a stack trace it costs little.
        super(reason, null, false, false);
    }
}
