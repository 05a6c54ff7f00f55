package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.Batch;
import dev.courant.hub.SubscribeRequest;
import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StagedOutputTest {

    private boolean room = true;
    private final FakeServer server = new FakeServer(() -> room, Runnable::run);
    private final ResponseConnection connection =
            new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
    private final StagedOutput output = new StagedOutput(connection);

    @BeforeEach
    void start() {
        connection.open(new ConnectionNotifications());
        connection.start(server.context(), server, ServerTransport.NONE);
    }

    @AfterEach
    void assertProtocolWasKept() {
        server.assertProtocolKept();
    }

    @Test
    void collectsBytesUntilFlushed() throws IOException {
        output.print("data: ");
        connection.write(new Batch(List.of(), ":\n\n".getBytes(UTF_8)));
        output.write('1');
        output.write("..\n\n..".getBytes(UTF_8), 2, 2);
        assertEquals(":\n\n", server.written());

        output.flush();
        assertEquals(":\n\ndata: 1\n\n", server.written());
    }

    @Test
    void sendsNothingForAnEmptyFlush() throws IOException {
        output.flush();
        output.flush();

        assertEquals(0, server.flushes.get());
    }

    @Test
    void sendsCollectedBytesOnClose() throws IOException {
        output.print("last");
        output.close();

        assertEquals("last", server.written());
    }

    @Test
    void discardsBytesOnReset() throws IOException {
        output.print("wrong");
        output.reset();
        output.print("right");
        output.flush();

        assertEquals("right", server.written());
    }

    @Test
    void limitsTheBytesThatWaitForAClient() throws IOException {
        room = false;
        byte[] event = new byte[64 * 1024];
        output.write(event);
        output.flush();
        int taken = 1;
        IOException refused = null;
        while (refused == null && taken < 100) {
            output.write(event);
            try {
                output.flush();
                taken++;
            } catch (IOException full) {
                refused = full;
            }
        }
        assertTrue(taken >= 15 && taken <= 17, "about a megabyte: " + taken);
        assertEquals(16 * 1024, server.written().length());

        room = true;
        server.makeRoom();
        assertEquals(taken * event.length, server.written().length(), "the accepted bytes are sent");
        output.print("again");
        output.flush();
        assertTrue(server.written().endsWith("again"));
    }

    @Test
    void throwsOnceTheStreamHasEnded() {
        connection.close();

        assertThrows(IOException.class, () -> {
            output.print("late");
            output.flush();
        });
    }

    @Test
    void callsAWriteListenerAtOnce() {
        List<String> calls = new ArrayList<>();
        output.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                calls.add("possible " + output.isReady());
                throw new IOException("cannot");
            }

            @Override
            public void onError(Throwable cause) {
                calls.add(cause.getMessage());
            }
        });

        assertEquals(List.of("possible true", "cannot"), calls);
    }
}
