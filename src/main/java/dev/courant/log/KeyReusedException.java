package dev.courant.log;

/** Thrown when an idempotency key was already used for another event. */
public final class KeyReusedException extends LogException {

    private static final long serialVersionUID = 1;

    public KeyReusedException() {
        super("The idempotency key was already used for another event.");
    }
}
