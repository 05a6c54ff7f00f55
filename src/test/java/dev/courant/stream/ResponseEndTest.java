package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.hub.Batch;
import dev.courant.hub.SubscribeRequest;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseEndTest {

    private boolean room = true;
    private final FakeServer server = new FakeServer(() -> room, Runnable::run);
    private final PromptStreamCloser departures = new PromptStreamCloser();
    private final ResponseConnection connection = new ResponseConnection(SubscribeRequest.NEW, departures, () -> {});
    private final List<String> cuts = new ArrayList<>();
    private final ServerTransport pipe = new ServerTransport() {

        @Override
        public boolean isClear(WriteListener heard) {
            return true;
        }

        @Override
        public void cut() {
            cuts.add("after " + server.completions + " completion");
        }
    };
    private final ConnectionNotifications told = new ConnectionNotifications();

    @AfterEach
    void theProtocolWasKept() {
        server.assertKept();
    }

    @Test
    void completesOnceWhenClosed() throws IOException {
        start();
        connection.write(batch("last"));
        connection.close();
        connection.close();

        assertEquals("last", server.written());
        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(told.ends));
        assertThrows(IOException.class, () -> connection.send(new byte[1]));
    }

    @Test
    void completesOnceStartedIfClosedBefore() throws IOException {
        connection.send("opening".getBytes(UTF_8));
        connection.close();
        start();

        assertEquals("opening", server.written());
        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(told.ends));
    }

    @Test
    void leavesItToOthersToComplete() {
        List<Runnable> left = new ArrayList<>();
        ResponseConnection other =
                new ResponseConnection(SubscribeRequest.NEW, new StreamCloser(left::add, Duration.ZERO), () -> {});
        other.start(server.context(), server, ServerTransport.UNREACHABLE);
        other.close();
        assertEquals(0, server.completions.get());

        left.forEach(Runnable::run);

        assertEquals(1, left.size());
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
        assertEquals(List.of("after 1 completion"), cuts);
        server.makeRoom(); // a callback that was on its way
        assertFalse(connection.write(batch("late")));
        assertEquals("one", server.written());
    }

    @Test
    void completesWhenTheServerHasSentWhatWasSaid() throws IOException {
        start();
        room = false;
        connection.write(batch("last"));
        connection.close();
        assertEquals(0, server.completions.get());

        room = true;
        server.makeRoom();
        departures.losePatience();
        connection.abort();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(told.ends));
        assertEquals(List.of(), cuts);
    }

    @Test
    void doesNotWaitForEverToSendWhatWasSaid() throws IOException {
        start();
        room = false;
        connection.write(batch("last"));
        connection.close();

        departures.losePatience();

        assertEquals(1, server.completions.get());
        assertEquals(1, told.ends.size());
        assertEquals(List.of("after 1 completion"), cuts);
    }

    @Test
    void doesNotWaitForEverToSendWhatWasSaidBeforeItStarted() throws IOException {
        connection.send("opening".getBytes(UTF_8));
        connection.close();
        departures.losePatience(); // with nobody yet
        room = false;
        start();
        assertEquals(0, server.completions.get());

        departures.losePatience();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("after 1 completion"), cuts);
    }

    @Test
    void endsOnceWhenAWriteFails() {
        start();
        server.breaksWith = new IOException("broken pipe");

        assertThrows(IOException.class, () -> connection.write(batch("one")));
        connection.onError(new IOException("again"));
        connection.close();
        assertEquals(List.of("broken pipe"), List.copyOf(told.ends));
        assertEquals(1, server.completions.get());
    }

    @Test
    void takesAnyExceptionOfAContainerForABrokenClient() {
        start();
        server.breaksWith = new IllegalStateException("recycled");

        assertThrows(IOException.class, () -> connection.write(batch("one")));
        assertEquals(List.of("recycled"), List.copyOf(told.ends));
    }

    @Test
    void endsOnceWhenTheServerReportsAnError() {
        start();
        connection.onError(new IOException("reset"));
        connection.onError(new IOException("again"));

        assertEquals(List.of("reset"), List.copyOf(told.ends));
        assertEquals(1, server.completions.get());
        assertThrows(IOException.class, () -> connection.write(batch("late")));
    }

    @Test
    void endsWhenTheServerCompletes() throws IOException {
        start();
        server.context().complete();
        connection.close();

        assertEquals(1, server.completions.get());
        assertEquals(List.of("orderly"), List.copyOf(told.ends));
    }

    @Test
    void tellsOfAnEndThatCameBeforeAnybodyListened() {
        connection.start(server.context(), server, ServerTransport.UNREACHABLE);
        connection.close();
        connection.open(told);

        assertEquals(List.of("orderly"), List.copyOf(told.ends));
    }

    @Test
    void endsThoughTheServerSaysThatItIsCompleteAlready() {
        start();
        server.failsToComplete = new IllegalStateException("already complete");
        connection.close();

        assertEquals(List.of("orderly"), List.copyOf(told.ends));
    }

    private void start() {
        connection.open(told);
        connection.start(server.context(), server, pipe);
    }

    private static Batch batch(String text) {
        return new Batch(List.of(), text.getBytes(UTF_8));
    }
}
