package dev.courant.auth;

import java.io.IOException;

/** What was read is no JWK Set to rely on. The message is in words of our own, so it may be logged. */
final class UnusableJwksException extends IOException {

    private static final long serialVersionUID = 1;

    UnusableJwksException(String message) {
        super(message);
    }
}
