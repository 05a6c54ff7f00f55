package dev.courant.auth;

import java.io.IOException;

/** Thrown if a source contains no usable JWK Set. The message is a fixed text, so it may be logged. */
final class UnusableJwksException extends IOException {

    private static final long serialVersionUID = 1;

    UnusableJwksException(String message) {
        super(message);
    }
}
