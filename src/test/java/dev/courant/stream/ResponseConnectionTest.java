package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.Batch;
import dev.courant.stream.server.ServerTransport;
import dev.courant.support.TestDeadline;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseConnectionTest {

    private boolean room = true;
    private Runnable duringIsReady = () -> {}; // run inside isReady of the server
    private final FakeServer server = new FakeServer(this::hasRoom, Runnable::run);
    private final ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
    private final ConnectionNotifications notifications = new ConnectionNotifications();

    @AfterEach
    void assertProtocolWasKept() {
        server.assertProtocolKept();
    }

    @Test
    void writesAndFlushesAtOnceWhileWritable() throws IOException {
        start();

        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
        assertEquals(2, server.flushes.get());
        assertEquals(0, server.timeout, "the server must not end a stream by timeout");
    }

    @Test
    void notifiesWhenItIsWritableAgain() throws IOException {
        start();
        notifications.writable.drainPermits();
        room = false;

        assertFalse(connection.write(batch("one")));
        assertEquals(0, notifications.writable.availablePermits());

        room = true;
        server.makeRoom();
        assertTrue(notifications.writable.availablePermits() > 0);
        assertEquals(1, server.flushes.get(), "the written bytes are flushed");
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
    }

    @Test
    void reportsProgressOfALongBatch() throws IOException {
        start();
        notifications.writable.drainPermits();
        room = false;
        String longBatch = "long".repeat(10_000);

        assertFalse(connection.write(batch(longBatch)));
        assertEquals(0, notifications.progress.availablePermits());
        assertTrue(server.written().length() < longBatch.length());
        for (int taken = 1; server.flushes.get() == 0; taken++) {
            server.makeRoom();
            assertEquals(taken, notifications.progress.availablePermits());
        }
        assertEquals(longBatch, server.written());
        assertEquals(0, notifications.writable.availablePermits());

        room = true;
        server.makeRoom();
        assertTrue(notifications.writable.availablePermits() > 0);
    }

    @Test
    void keepsTheProtocolWhenTheCallbackRunsBeforeIsReadyReturns() throws IOException {
        start();
        room = false;
        server.roomLater = () -> {
            server.roomLater = () -> {}; // only once
            room = true;
            server.makeRoom();
        };

        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
        assertEquals(2, server.flushes.get());
    }

    @Test
    void waitsForTheTransportWhenTheServerIsReady() throws IOException {
        List<WriteListener> waiting = new ArrayList<>();
        connection.open(notifications);
        connection.start(server.context(), server, new ServerTransport() {

            @Override
            public boolean isWritable(WriteListener listener) {
                return !waiting.isEmpty() || !waiting.add(listener); // true from the second call on
            }
        });
        notifications.writable.drainPermits();

        assertFalse(connection.write(batch("one")));
        assertEquals(0, notifications.writable.availablePermits());
        assertEquals(1, waiting.size());

        waiting.get(0).onWritePossible();
        assertTrue(notifications.writable.availablePermits() > 0);
        assertEquals(1, server.flushes.get());
    }

    @Test
    void notifiesAListenerThatIsOpenedAfterTheServerIsReady() {
        connection.start(server.context(), server, ServerTransport.NONE);
        connection.open(notifications);

        assertEquals(1, notifications.writable.availablePermits());
    }

    @Test
    void notifiesAListenerThatIsOpenedBeforeTheServerIsReady() {
        connection.open(notifications);
        assertEquals(0, notifications.writable.availablePermits());

        connection.start(server.context(), server, ServerTransport.NONE);
        assertTrue(notifications.writable.availablePermits() > 0);
    }

    @Test
    void notifiesTheHubAfterAWriteDuringACallback() throws Exception {
        start();
        room = false;
        connection.write(batch("one"));
        room = true;
        notifications.writable.drainPermits();
        FutureTask<Boolean> dispatcher = new FutureTask<>(() -> connection.write(batch("two")));
        duringIsReady = () -> {
            new Thread(dispatcher).start();
            try {
                assertFalse(dispatcher.get(TestDeadline.SECONDS, TimeUnit.SECONDS));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        };
        server.makeRoom();

        assertTrue(dispatcher.isDone());
        assertEquals("onetwo", server.written());
        assertTrue(notifications.writable.availablePermits() > 0);
    }

    private boolean hasRoom() {
        Runnable meanwhile = duringIsReady;
        duringIsReady = () -> {};
        meanwhile.run();
        return room;
    }

    private void start() {
        connection.open(notifications);
        connection.start(server.context(), server, ServerTransport.NONE);
    }

    private static Batch batch(String text) {
        return Batch.control(text.getBytes(UTF_8));
    }
}
