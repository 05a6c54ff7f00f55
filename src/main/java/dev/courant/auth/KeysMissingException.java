package dev.courant.auth;

/** Thrown if a token cannot be verified yet, because its key may be in a key set that has not been read. */
final class KeysMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeysMissingException() {
        super("the key set has not been read yet", null, false, false);
    }
}
