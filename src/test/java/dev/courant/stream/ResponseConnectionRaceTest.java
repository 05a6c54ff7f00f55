package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import dev.courant.hub.Batch;
import dev.courant.hub.SubscribeRequest;
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

/** A dispatcher, the JAX-RS implementation and the server's callbacks, all at once. */
class ResponseConnectionRaceTest {

    private static final int EACH = 2_000;

    private final ExecutorService callbacks = Executors.newFixedThreadPool(2);
    private final ExecutorService writers = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        callbacks.shutdownNow();
        writers.shutdownNow();
    }

    @RepeatedTest(8)
    void allGoesOutWholeAndInOrderAndNobodyWaitsForEver(RepetitionInfo round) throws Exception {
        FakeServer server = server(round.getCurrentRepetition());
        ResponseConnection connection =
                new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
        ConnectionNotifications told = new ConnectionNotifications();
        connection.open(told);
        Callable<Void> start = () -> {
            connection.start(server.context(), server, ServerTransport.UNREACHABLE);
            return null;
        };
        for (Future<Void> done : writers.invokeAll(
                List.of(() -> dispatch(connection, told), () -> send(new StagedOutput(connection)), start))) {
            done.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        }
        server.awaitWritten(IntStream.range(0, EACH)
                .map(n -> "data: hub \n\ndata: sink \n\n".length() + 2 * ("" + n).length())
                .sum());
        connection.close();
        assertTrue(server.completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));

        server.assertKept();
        List<String> data =
                EventStreamParser.decode(server.written().getBytes(UTF_8)).data();
        List<String> numbers = IntStream.range(0, EACH).mapToObj(n -> "" + n).toList();
        assertEquals(numbers, of(data, "hub "));
        assertEquals(numbers, of(data, "sink "));
        assertEquals(2 * EACH, data.size());
        assertEquals(List.of("orderly"), List.copyOf(told.ends));
    }

    @RepeatedTest(8)
    void endsOnceHoweverManyEndIt(RepetitionInfo round) throws Exception {
        for (int n = 0; n < 200; n++) {
            FakeServer server = server(n);
            ResponseConnection connection =
                    new ResponseConnection(SubscribeRequest.NEW, new PromptStreamCloser(), () -> {});
            ConnectionNotifications told = new ConnectionNotifications();
            CountDownLatch go = new CountDownLatch(1);
            connection.start(server.context(), server, ServerTransport.UNREACHABLE);
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
            connection.open(told);
            try {
                connection.write(new Batch(List.of(), "data: x\n\n".getBytes(UTF_8)));
            } catch (IOException broken) {
                // As it may be by now.
            }
            closing.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            breaking.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(server.completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));

            server.assertKept();
            assertEquals(1, server.completions.get());
            assertEquals(1, told.ends.size());
        }
    }

    /** Has room at random, and says so by another thread, maybe before it has answered that it has none. */
    private FakeServer server(long seed) {
        Random random = new Random(seed);
        FakeServer server = new FakeServer(() -> random.nextInt(3) > 0, callbacks);
        server.roomLater = server::makeRoom;
        return server;
    }

    private static Void dispatch(ResponseConnection connection, ConnectionNotifications told) throws Exception {
        boolean writable = false;
        for (int n = 0; n < EACH; n++) {
            if (!writable) {
                assertTrue(
                        told.writable.tryAcquire(TestDeadline.SECONDS, TimeUnit.SECONDS),
                        "told when there is room again");
            }
            writable = connection.write(new Batch(List.of(), ("data: hub " + n + "\n\n").getBytes(UTF_8)));
        }
        return null;
    }

    private static Void send(StagedOutput output) throws IOException {
        for (int n = 0; n < EACH; n++) {
            output.print("data: ");
            output.print("sink " + n);
            output.print("\n\n");
            output.flush();
        }
        return null;
    }

    private static List<String> of(List<String> data, String who) {
        return data.stream()
                .filter(each -> each.startsWith(who))
                .map(each -> each.substring(who.length()))
                .toList();
    }
}
