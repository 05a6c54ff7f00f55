package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.Batch;
import dev.courant.hub.SubscribeRequest;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectChunkOutputTest {

    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final ResponseConnection connection =
            new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
    private final ConnectionNotifications told = new ConnectionNotifications();
    private final Taker socket = new Taker();

    @BeforeEach
    void open() {
        connection.open(told);
        connection.start(server.context(), new DirectChunkOutput(server, socket), ServerTransport.UNREACHABLE);
        told.writable.drainPermits();
    }

    @AfterEach
    void theProtocolWasKept() {
        server.assertKept();
    }

    @Test
    void goesPastTheServerOnceItHasSentTheHead() throws IOException {
        assertTrue(connection.write(batch("head")));
        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("x".repeat(26))));

        assertEquals("head", server.written());
        assertEquals("3\r\none\r\n1a\r\n" + "x".repeat(26) + "\r\n", socket.text());
        assertEquals(1, server.flushes.get());
    }

    @Test
    void staysWithAServerThatMakesSomethingElseOfTheBytes() throws IOException {
        socket.takesChunks = false;
        assertTrue(connection.write(batch("head")));
        assertTrue(connection.write(batch("one")));
        socket.takesChunks = true;
        assertTrue(connection.write(batch("two")));

        assertEquals("headonetwo", server.written());
        assertEquals("", socket.text());
    }

    @Test
    void waitsForWhatTheSocketHasLeftToTheServer() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.takes = 5;

        assertFalse(connection.write(batch("one")));
        assertEquals("3\r\non", socket.text());
        connection.send("behind".getBytes(UTF_8));
        assertEquals("3\r\non", socket.text(), "nothing overtakes what waits in the server");
        assertEquals(0, told.writable.availablePermits());

        socket.takes = Integer.MAX_VALUE;
        socket.serverSendsTheRest();
        assertEquals("3\r\none\r\n6\r\nbehind\r\n", socket.text());
        assertTrue(told.writable.availablePermits() > 0);
    }

    @Test
    void endsAStreamWhoseSocketIsGone() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.breaksWith = new IOException("gone");

        try {
            connection.write(batch("one"));
        } catch (IOException broken) {
            assertEquals("gone", broken.getCause().getMessage());
        }
        assertEquals(List.of("gone"), List.copyOf(told.ends));
        assertEquals(1, server.completions.get());
    }

    @Test
    void endsWhenAllIsSent() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.takes = 5;
        assertFalse(connection.write(batch("one")));
        connection.close();
        assertEquals(0, server.completions.get());

        socket.serverSendsTheRest();
        assertEquals("3\r\none\r\n", socket.text());
        assertEquals(1, server.completions.get());
    }

    private static Batch batch(String text) {
        return new Batch(List.of(), text.getBytes(UTF_8));
    }

    /** A socket that takes so many bytes at most, and the server that has the rest. */
    private static final class Taker implements DirectChunkOutput.Socket {

        boolean takesChunks = true;
        int takes = Integer.MAX_VALUE;

        @Nullable
        IOException breaksWith;

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        private @Nullable WriteListener told;

        String text() {
            return taken.toString(UTF_8);
        }

        void serverSendsTheRest() throws IOException {
            rest.writeTo(taken);
            rest.reset();
            told.onWritePossible();
        }

        @Override
        public boolean takesChunks() {
            return takesChunks;
        }

        @Override
        public boolean send(ByteBuffer bytes) throws IOException {
            if (breaksWith != null) {
                throw breaksWith;
            }
            assertEquals(0, rest.size(), "the server's to send first");
            int length = Math.min(takes, bytes.remaining());
            taken.write(bytes.array(), bytes.position(), length);
            rest.write(bytes.array(), bytes.position() + length, bytes.remaining() - length);
            return rest.size() == 0;
        }

        @Override
        public boolean isEmpty(WriteListener listener) {
            if (rest.size() > 0) {
                told = listener;
            }
            return rest.size() == 0;
        }
    }
}
