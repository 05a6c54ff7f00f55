package dev.courant.auth;

/** Thrown to refuse a token. The reason is for the operator's log: in a response it would help to forge tokens. */
final class InvalidTokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason one of the texts of this package, without any part of the token */
    InvalidTokenException(String reason) {
        // Any client can cause this exception at any rate, so it is cheap: it has no stack trace.
        super(reason, null, false, false);
    }
}
