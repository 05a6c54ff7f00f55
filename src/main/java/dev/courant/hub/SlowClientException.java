package dev.courant.hub;

import java.io.IOException;

/**
 * Thrown when a client is disconnected because it reads too slowly. The client may reconnect and resume from the log.
 */
public final class SlowClientException extends IOException {

    private static final long serialVersionUID = 1;

    SlowClientException(String message) {
        super(message);
    }
}
