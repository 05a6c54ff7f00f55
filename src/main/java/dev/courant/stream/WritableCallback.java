package dev.courant.stream;

import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A write listener that is called at most once for each registration. Thread-safe. */
public final class WritableCallback {

    private final AtomicReference<@Nullable WriteListener> registered = new AtomicReference<>();

    /**
     * Registers the listener. Call this before checking readiness: the output may become ready in between, and a
     * spurious call is harmless.
     */
    public void register(@Nullable WriteListener listener) {
        registered.set(listener);
    }

    public void call() {
        WriteListener listener = registered.getAndSet(null);
        try {
            if (listener != null) {
                listener.onWritePossible();
            }
        } catch (IOException | RuntimeException broken) {
            listener.onError(broken);
        }
    }
}
