package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import dev.courant.hub.Batch;
import dev.courant.stream.server.ServerTransport;
import dev.courant.support.TestDeadline;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Races between a dispatcher, the request thread and the callbacks of the server. */
class ResponseConnectionRaceTest {

    private static final int EVENTS = 2_000;

    private final ExecutorService callbacks = Executors.newFixedThreadPool(2);
    private final ExecutorService writers = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        callbacks.shutdownNow();
        writers.shutdownNow();
    }

    @RepeatedTest(8)
    void sendsAllBytesInOrderWithoutBlocking(RepetitionInfo round) throws Exception {
        FakeServer server = server(round.getCurrentRepetition());
        ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
        ConnectionNotifications notifications = new ConnectionNotifications();
        connection.open(notifications);
        Callable<Void> start = () -> {
            connection.start(server.context(), server, ServerTransport.NONE);
            return null;
        };
        for (Future<Void> done : writers.invokeAll(List.of(() -> dispatch(connection, notifications), start))) {
            done.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        }
        server.awaitWritten(IntStream.range(0, EVENTS)
                .map(n -> "data: \n\n".length() + ("" + n).length())
                .sum());
        connection.close();
        assertTrue(server.completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));

        server.assertProtocolKept();
        List<String> data =
                EventStreamParser.decode(server.written().getBytes(UTF_8)).data();
        List<String> numbers = IntStream.range(0, EVENTS).mapToObj(n -> "" + n).toList();
        assertEquals(numbers, data);
        assertEquals(List.of("orderly"), List.copyOf(notifications.ends));
    }

    @RepeatedTest(8)
    void endsOnceWhenSeveralThreadsEndIt(RepetitionInfo round) throws Exception {
        for (int n = 0; n < 200; n++) {
            FakeServer server = server(n);
            ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
            ConnectionNotifications notifications = new ConnectionNotifications();
            CountDownLatch go = new CountDownLatch(1);
            connection.start(server.context(), server, ServerTransport.NONE);
            Future<?> closing = writers.submit(() -> {
                go.await();
                connection.close();
                return null;
            });
            Future<?> breaking = writers.submit(() -> {
                go.await();
                connection.onError(new IOException("gone"));
                return null;
            });
            go.countDown();
            connection.open(notifications);
            try {
                connection.write(Batch.control("data: x\n\n".getBytes(UTF_8)));
            } catch (IOException broken) {
                // The other threads may have ended the stream already.
            }
            closing.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            breaking.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(server.completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));

            server.assertProtocolKept();
            assertEquals(1, server.completions.get());
            assertEquals(1, notifications.ends.size());
        }
    }

    /**
     * Returns a server that is writable at random. Its callback runs on another thread, possibly before {@code isReady}
     * has returned false.
     */
    private FakeServer server(long seed) {
        Random random = new Random(seed);
        FakeServer server = new FakeServer(() -> random.nextInt(3) > 0, callbacks);
        server.roomLater = server::makeRoom;
        return server;
    }

    private static Void dispatch(ResponseConnection connection, ConnectionNotifications notifications)
            throws Exception {
        boolean writable = false;
        for (int n = 0; n < EVENTS; n++) {
            if (!writable) {
                assertTrue(
                        notifications.writable.tryAcquire(TestDeadline.SECONDS, TimeUnit.SECONDS),
                        "notified when writable again");
            }
            writable = connection.write(Batch.control(("data: " + n + "\n\n").getBytes(UTF_8)));
        }
        return null;
    }
}
