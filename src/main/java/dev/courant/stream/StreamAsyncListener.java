package dev.courant.stream;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** A listener that reports events of the asynchronous context to the connection. */
record StreamAsyncListener(ResponseConnection connection) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
        connection.onComplete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        connection.close();
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        connection.onError(cause == null ? new IOException("The server ended the stream") : cause);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
