package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.WriteListener;
import org.junit.jupiter.api.Test;

/** Verifies that a failure of the server affects one stream only. */
class StreamRobustnessTest {

    @Test
    void endsIfTheServerThrowsOnCompletion() {
        FakeServer server = new FakeServer(() -> true, Runnable::run);
        ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
        ConnectionNotifications notifications = new ConnectionNotifications();
        connection.open(notifications);
        connection.start(server.context(), server, ServerTransport.NONE);
        server.failsToComplete = new NullPointerException("recycled");
        assertDoesNotThrow(connection::close);
        assertEquals(1, notifications.ends.size());
    }

    @Test
    void startsWhileItIsClosedByTheHub() {
        // A dispatcher closes the stream when the hub stops, after start() has set the stream but not yet the listener.
        ResponseConnection[] connection = {new ResponseConnection(new PromptStreamCloser(), () -> {})};
        FakeServer server = new FakeServer(() -> true, Runnable::run) {
            @Override
            public void setWriteListener(WriteListener listener) {
                Thread dispatcher = new Thread(connection[0]::close);
                dispatcher.start();
                try {
                    dispatcher.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                if (completions.get() > 0) {
                    throw new IllegalStateException("the request is no longer asynchronous");
                }
                super.setWriteListener(listener);
            }
        };
        assertDoesNotThrow(() -> connection[0].start(server.context(), server, ServerTransport.NONE));
        assertEquals(1, server.completions.get());
    }
}
