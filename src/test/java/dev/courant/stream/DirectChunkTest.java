package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.Batch;
import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectChunkTest {

    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
    private final ConnectionNotifications notifications = new ConnectionNotifications();
    private final LimitedChannel socket = new LimitedChannel();

    @BeforeEach
    void open() {
        connection.open(notifications);
        connection.start(server.context(), server, socket);
        notifications.writable.drainPermits();
    }

    @AfterEach
    void assertProtocolWasKept() {
        server.assertProtocolKept();
    }

    @Test
    void bypassesTheServerOnceTheHeadIsSent() throws IOException {
        assertTrue(connection.write(batch("head")));
        assertTrue(connection.write(batch("one")));
        assertTrue(connection.write(batch("x".repeat(26))));

        assertEquals("head", server.written());
        assertEquals("3\r\none\r\n1a\r\n" + "x".repeat(26) + "\r\n", socket.text());
        assertEquals(1, server.flushes.get());
    }

    @Test
    void writesToAServerThatTransformsTheBytes() throws IOException {
        socket.canTakeChunks = false;
        assertTrue(connection.write(batch("head")));
        assertTrue(connection.write(batch("one")));
        socket.canTakeChunks = true;
        assertTrue(connection.write(batch("two")));

        assertEquals("headonetwo", server.written());
        assertEquals("", socket.text());
    }

    @Test
    void waitsUntilTheServerHasSentQueuedBytes() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.maxBytes = 5;

        assertFalse(connection.write(batch("one")));
        assertEquals("3\r\non", socket.text());
        assertFalse(connection.write(batch("behind")));
        assertEquals("3\r\non", socket.text(), "no bytes overtake those queued in the server");
        assertEquals(0, notifications.writable.availablePermits());

        socket.maxBytes = Integer.MAX_VALUE;
        socket.sendQueued();
        assertEquals("3\r\none\r\n6\r\nbehind\r\n", socket.text());
        assertTrue(notifications.writable.availablePermits() > 0);
    }

    @Test
    void endsAStreamWhoseSocketIsClosed() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.breaksWith = new IOException("gone");

        try {
            connection.write(batch("one"));
        } catch (IOException broken) {
            assertEquals("gone", broken.getCause().getMessage());
        }
        assertEquals(List.of("gone"), List.copyOf(notifications.ends));
        assertEquals(1, server.completions.get());
    }

    @Test
    void endsWhenAllIsSent() throws IOException {
        assertTrue(connection.write(batch("head")));
        socket.maxBytes = 5;
        assertFalse(connection.write(batch("one")));
        connection.close();
        assertEquals(0, server.completions.get());

        socket.sendQueued();
        assertEquals("3\r\none\r\n", socket.text());
        assertEquals(1, server.completions.get());
    }

    private static Batch batch(String text) {
        return Batch.control(text.getBytes(UTF_8));
    }

    /** A socket that takes a limited number of bytes, and the queue of the server. */
    private static final class LimitedChannel implements ServerTransport {

        boolean canTakeChunks = true;
        int maxBytes = Integer.MAX_VALUE;

        @Nullable
        IOException breaksWith;

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final ByteArrayOutputStream queued = new ByteArrayOutputStream();
        private @Nullable WriteListener drainListener;

        String text() {
            return taken.toString(UTF_8);
        }

        void sendQueued() throws IOException {
            queued.writeTo(taken);
            queued.reset();
            drainListener.onWritePossible();
        }

        @Override
        public boolean canTakeChunks() {
            return canTakeChunks;
        }

        @Override
        public void send(ByteBuffer bytes) throws IOException {
            if (breaksWith != null) {
                throw breaksWith;
            }
            assertEquals(0, queued.size(), "the server sends queued bytes first");
            int length = Math.min(maxBytes, bytes.remaining());
            taken.write(bytes.array(), bytes.position(), length);
            queued.write(bytes.array(), bytes.position() + length, bytes.remaining() - length);
        }

        @Override
        public boolean isWritable(WriteListener listener) {
            if (queued.size() > 0) {
                drainListener = listener;
            }
            return queued.size() == 0;
        }
    }
}
