package dev.courant.auth;

/** There are no keys to verify a token with: not yet, since where they are published did not answer. */
final class KeysMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeysMissingException() {
        super("there are no keys yet", null, false, false);
    }
}
