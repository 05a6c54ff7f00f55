package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.Batch;
import dev.courant.hub.SubscribeRequest;
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
    private Runnable asked = () -> {}; // while the server thinks about its answer
    private final FakeServer server = new FakeServer(this::hasRoom, Runnable::run);
    private final ResponseConnection connection =
            new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
    private final ConnectionNotifications told = new ConnectionNotifications();

    @AfterEach
    void theProtocolWasKept() {
        server.assertKept();
    }

    @Test
    void writesAndFlushesAtOnceWhereThereIsRoom() throws IOException {
        start();

        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
        assertEquals(2, server.flushes.get());
        assertEquals(0, server.timeout, "no server may end a stream for its age");
    }

    @Test
    void saysThatItIsFullAndWhenNoMore() throws IOException {
        start();
        told.writable.drainPermits();
        room = false;

        assertFalse(connection.write(batch("one")));
        assertEquals(0, told.writable.availablePermits());

        room = true;
        server.makeRoom();
        assertTrue(told.writable.availablePermits() > 0);
        assertEquals(1, server.flushes.get(), "what was written is flushed");
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
    }

    @Test
    void saysThatALongOneIsBeingTaken() throws IOException {
        start();
        told.writable.drainPermits();
        room = false;
        String longOne = "long".repeat(10_000);

        assertFalse(connection.write(batch(longOne)));
        assertEquals(0, told.progress.availablePermits());
        assertTrue(server.written().length() < longOne.length());
        for (int taken = 1; server.flushes.get() == 0; taken++) {
            server.makeRoom();
            assertEquals(taken, told.progress.availablePermits());
        }
        assertEquals(longOne, server.written());
        assertEquals(0, told.writable.availablePermits());

        room = true;
        server.makeRoom();
        assertTrue(told.writable.availablePermits() > 0);
    }

    @Test
    void keepsTheProtocolWhenTheCallbackComesBeforeTheAnswer() throws IOException {
        start();
        room = false;
        server.roomLater = () -> {
            server.roomLater = () -> {}; // once; then there is room
            room = true;
            server.makeRoom();
        };

        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("two")));
        assertEquals("onetwo", server.written());
        assertEquals(2, server.flushes.get());
    }

    @Test
    void waitsForThePipeThoughTheServerIsReady() throws IOException {
        List<WriteListener> waiting = new ArrayList<>();
        connection.open(told);
        connection.start(server.context(), server, new ServerTransport() {

            @Override
            public boolean isClear(WriteListener heard) {
                return !waiting.isEmpty() || !waiting.add(heard); // from the second time on
            }

            @Override
            public void cut() {}
        });
        told.writable.drainPermits();

        assertFalse(connection.write(batch("one")));
        assertEquals(0, told.writable.availablePermits());
        assertEquals(1, waiting.size());

        waiting.get(0).onWritePossible();
        assertTrue(told.writable.availablePermits() > 0);
        assertEquals(1, server.flushes.get());
    }

    @Test
    void tellsAListenerThatComesAfterTheServerIsReady() {
        connection.start(server.context(), server, ServerTransport.UNREACHABLE);
        connection.open(told);

        assertEquals(1, told.writable.availablePermits());
    }

    @Test
    void tellsAListenerThatComesBeforeTheServerIsReady() {
        connection.open(told);
        assertEquals(0, told.writable.availablePermits());

        connection.start(server.context(), server, ServerTransport.UNREACHABLE);
        assertTrue(told.writable.availablePermits() > 0);
    }

    @Test
    void sendsWhatWasSaidBeforeItStarted() throws IOException {
        connection.send("opening".getBytes(UTF_8));
        assertEquals("", server.written());

        start();
        assertEquals("opening", server.written());
        assertEquals(1, server.flushes.get());
    }

    @Test
    void tellsTheHubThatWasTurnedAwayByTheSinksWrite() throws Exception {
        start();
        told.writable.drainPermits();
        FutureTask<Boolean> dispatcher = new FutureTask<>(() -> connection.write(batch("hub")));
        asked = () -> {
            new Thread(dispatcher).start();
            try {
                assertFalse(dispatcher.get(TestDeadline.SECONDS, TimeUnit.SECONDS));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        };
        connection.send("sink".getBytes(UTF_8));

        assertTrue(dispatcher.isDone());
        assertEquals("sinkhub", server.written());
        assertTrue(told.writable.availablePermits() > 0);
    }

    private boolean hasRoom() {
        Runnable meanwhile = asked;
        asked = () -> {};
        meanwhile.run();
        return room;
    }

    private void start() {
        connection.open(told);
        connection.start(server.context(), server, ServerTransport.UNREACHABLE);
    }

    private static Batch batch(String text) {
        return new Batch(List.of(), text.getBytes(UTF_8));
    }
}
