package dev.courant.stream;

import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who is to be told that more can be written, once for each time that it was asked for. Any thread. */
public final class WritableCallback {

    private final AtomicReference<@Nullable WriteListener> wanted = new AtomicReference<>();

    /** To be asked for before it is looked whether it is needed: it may be over in between, and once told more is no harm. */
    public void to(@Nullable WriteListener listener) {
        wanted.set(listener);
    }

    public void call() {
        WriteListener listener = wanted.getAndSet(null);
        try {
            if (listener != null) {
                listener.onWritePossible();
            }
        } catch (IOException | RuntimeException broken) {
            listener.onError(broken);
        }
    }
}
