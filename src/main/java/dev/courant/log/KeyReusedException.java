package dev.courant.log;

/** The key was used for another event. */
public final class KeyReusedException extends LogException {

    private static final long serialVersionUID = 1;

    public KeyReusedException() {
        super("the key was used for another event");
    }
}
