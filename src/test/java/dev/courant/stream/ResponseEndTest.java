package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.hub.Batch;
import dev.courant.stream.server.ServerTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseEndTest {

    private boolean room = true;
    private final FakeServer server = new FakeServer(() -> room, Runnable::run);
    private final PromptStreamCloser closer = new PromptStreamCloser();
    private final ResponseConnection connection = new ResponseConnection(closer, () -> {});
    private final List<String> aborts = new ArrayList<>();
    private final ServerTransport transport = new ServerTransport() {

        @Override
        public void abort() {
            aborts.add("after " + server.completions + " completion");
        }
    };
    private final ConnectionNotifications notifications = new ConnectionNotifications();

    @AfterEach
    void assertProtocolWasKept() {
        server.assertProtocolKept();
    }

    @Test
    void completesOnceWhenClosed() throws IOException {
        start();
        connection.write(batch("last"));
        connection.close();
        connection.close();

        assertEquals("last", server.written());
        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    @Test
    void completesOnceStartedIfClosedBefore() {
        connection.close();
        start();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    @Test
    void completesOnTheExecutorOfTheCloser() {
        List<Runnable> tasks = new ArrayList<>();
        ResponseConnection other = new ResponseConnection(new StreamCloser(tasks::add, Duration.ZERO), () -> {});
        other.start(server.context(), server, ServerTransport.NONE);
        other.close();
        assertEquals(0, server.completions.get());

        tasks.forEach(Runnable::run);

        assertEquals(1, tasks.size());
        assertEquals(1, server.completions.get());
    }

    @Test
    void completesWhenAbortedWhileTheClientDoesNotRead() throws IOException {
        start();
        room = false;
        connection.write(batch("one"));
        connection.close();
        assertEquals(0, server.completions.get());
        connection.abort();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("after 1 completion"), aborts);
        server.makeRoom(); // a late callback
        assertFalse(connection.write(batch("late")));
        assertEquals("one", server.written());
    }

    @Test
    void completesWhenTheLastBytesAreSent() throws IOException {
        start();
        room = false;
        connection.write(batch("last"));
        connection.close();
        assertEquals(0, server.completions.get());

        room = true;
        server.makeRoom();
        closer.expireTimeout();
        connection.abort();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
        assertEquals(List.of(), aborts);
    }

    @Test
    void abortsAfterTheTimeoutForTheLastBytes() throws IOException {
        start();
        room = false;
        connection.write(batch("last"));
        connection.close();

        closer.expireTimeout();

        assertEquals(1, server.completions.get());
        assertEquals(1, notifications.ends.size());
        assertEquals(List.of("after 1 completion"), aborts);
    }

    @Test
    void abortsAfterTheTimeoutIfClosedBeforeTheStart() {
        FakeServer unready = new FakeServer(() -> false, callback -> {});
        connection.close();
        closer.expireTimeout(); // before the start
        connection.start(unready.context(), unready, transport);
        assertEquals(0, unready.completions.get());

        closer.expireTimeout();

        assertEquals(1, unready.completions.get());
        assertEquals(1, aborts.size());
    }

    @Test
    void endsOnceWhenAWriteFails() {
        start();
        server.breaksWith = new IOException("broken pipe");

        assertThrows(IOException.class, () -> connection.write(batch("one")));
        connection.onError(new IOException("again"));
        connection.close();
        assertEquals(List.of("broken pipe"), List.copyOf(notifications.ends));
        assertEquals(1, server.completions.get());
    }

    @Test
    void treatsAnyExceptionOfAContainerAsABrokenConnection() {
        start();
        server.breaksWith = new IllegalStateException("recycled");

        assertThrows(IOException.class, () -> connection.write(batch("one")));
        assertEquals(List.of("recycled"), List.copyOf(notifications.ends));
    }

    @Test
    void endsOnceWhenTheServerReportsAnError() {
        start();
        connection.onError(new IOException("reset"));
        connection.onError(new IOException("again"));

        assertEquals(List.of("reset"), List.copyOf(notifications.ends));
        assertEquals(1, server.completions.get());
        assertThrows(IOException.class, () -> connection.write(batch("late")));
    }

    @Test
    void endsWhenTheServerCompletes() throws IOException {
        start();
        server.context().complete();
        connection.close();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    @Test
    void notifiesAListenerThatIsOpenedAfterTheEnd() {
        connection.start(server.context(), server, ServerTransport.NONE);
        connection.close();
        connection.open(notifications);

        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    @Test
    void endsWhenTheServerHasAlreadyCompleted() {
        start();
        server.failsToComplete = new IllegalStateException("already complete");
        connection.close();

        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    private void start() {
        connection.open(notifications);
        connection.start(server.context(), server, transport);
    }

    private static Batch batch(String text) {
        return Batch.control(text.getBytes(UTF_8));
    }
}
