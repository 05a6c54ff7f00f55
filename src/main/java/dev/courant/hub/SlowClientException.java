package dev.courant.hub;

import java.io.IOException;

/** A client that did not read was let go of; it may reconnect and resume from the log. */
public final class SlowClientException extends IOException {

    private static final long serialVersionUID = 1;

    SlowClientException(String message) {
        super(message);
    }
}
