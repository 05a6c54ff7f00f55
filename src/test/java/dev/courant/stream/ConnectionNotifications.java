package dev.courant.stream;

import dev.courant.hub.Connection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The notifications that a connection has sent to the hub. */
final class ConnectionNotifications implements Connection.Listener {

    final Semaphore writable = new Semaphore(0);
    final Semaphore progress = new Semaphore(0);
    final Queue<String> ends = new ConcurrentLinkedQueue<>();

    @Override
    public void onWritable() {
        writable.release();
    }

    @Override
    public void onProgress() {
        progress.release();
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        ends.add(cause == null ? "orderly" : String.valueOf(cause.getMessage()));
    }
}
