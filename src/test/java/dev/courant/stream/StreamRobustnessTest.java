package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.hub.SubscribeRequest;
import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Verifies that a failure of the server or of the JAX-RS implementation affects one stream only. */
class StreamRobustnessTest {

    @Test
    void endsIfTheServerThrowsOnCompletion() {
        FakeServer server = new FakeServer(() -> true, Runnable::run);
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
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
        ResponseConnection[] connection = {
            new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {})
        };
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

    @Test
    void limitsTheBytesOfAnEndlessWriter() {
        FakeServer server = new FakeServer(() -> false, Runnable::run);
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
        connection.open(new ConnectionNotifications());
        connection.start(server.context(), server, ServerTransport.NONE);
        byte[] event = new byte[1 << 19];
        int taken = 0;
        for (int n = 0; n < 10_000; n++) {
            try {
                connection.send(event);
                taken++;
            } catch (IOException full) {
                // the expected refusal
            }
        }
        assertEquals(3, taken, "one batch is written, two wait");
    }

    @Test
    void acceptsUnlimitedBytesFromAClientThatReads() throws IOException {
        // Few bytes wait at any time, but the queue is never empty.
        FakeServer server = new FakeServer(() -> false, Runnable::run);
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
        connection.open(new ConnectionNotifications());
        connection.start(server.context(), server, ServerTransport.NONE);
        connection.send(new byte[1000]);
        for (int n = 0; n < 2000; n++) {
            connection.send(new byte[1000]);
            server.makeRoom();
        }
    }

    @Test
    void sendsTextOfTheWriter() throws IOException {
        HttpServletResponse raw = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (a, method, c) -> method.getName().equals("getCharacterEncoding") ? "UTF-8" : null);
        FakeServer server = new FakeServer(() -> true, Runnable::run);
        server.makeWritable();
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
        StreamResponse response = new StreamResponse(raw, connection);
        response.getWriter().write("said");
        response.flushBuffer();
        connection.finish(server);
        assertEquals("said", server.written());
    }

    @Test
    void sendsTheLastBytesBeforeTheCompletion() throws IOException {
        FakeServer server = new FakeServer(() -> false, Runnable::run);
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
        connection.open(new ConnectionNotifications());
        connection.start(server.context(), server, ServerTransport.NONE);
        connection.send(new byte[1]);
        connection.send(new byte[1]);
        new StreamAsyncContext(server.context(), connection).complete();
        server.makeRoom();
        server.makeRoom();
        server.makeRoom();
        server.makeRoom();
        assertEquals(2, server.written().length());
        assertEquals(1, server.completions.get());
    }
}
