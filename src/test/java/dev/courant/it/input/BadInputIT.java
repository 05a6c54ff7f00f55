package dev.courant.it.input;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.it.input.BadRequests.Target;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.ServerState;
import dev.courant.support.TestTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Sends bad and unusual requests to each address with each method, and tests their responses and the state of the server
 * afterwards. {@code -DargLine="-Dbad.input.each=10000 -Dbad.input.seed=1"} sets their number and the random seed.
 */
class BadInputIT {

    private static final int REQUESTS_PER_TARGET = Integer.getInteger("bad.input.each", 600);
    private static final long SEED = Long.getLong("bad.input.seed", 20261125);
    private static final int THREADS = 4;
    private static final String CONTROL = "sse/control/7f3a9b";
    private static final String PRIVATE = "canary-of-a-private-event";

    @Test
    void respondsToBadRequestsWithoutSideEffects() throws Exception {
        int port = FreePorts.free();
        try (CourantProcess courant = CourantProcess.start(
                port,
                List.of(
                        "-Xmx512m",
                        "-Dcourant.publish.anonymous=open/**,control/**",
                        "-Dcourant.jwt.key=" + TestTokens.KEY,
                        "-Dcourant.jwt.issuer=" + TestTokens.ISSUER,
                        "-Dcourant.public-url=https://hub.example/courant",
                        "-Dcourant.cors.origins=https://page.example",
                        "-Dcourant.mercure.subscriptions=true",
                        "-Dcourant.window.max-events=50000",
                        "-Dcourant.heartbeat=1s"))) {
            List<String> faults = new CopyOnWriteArrayList<>();
            Map<String, Integer> statuses = new TreeMap<>();
            ServerState before;
            ServerState after;
            int published;
            try (HttpEventStream control = new HttpEventStream(courant.uri().resolve(CONTROL))) {
                control.next("retry");
                before = ServerState.of(courant);
                published = attack(courant, statuses, faults);
                for (int i = 0; i < published; i++) {
                    assertEquals("control " + i, control.next("data").get("data"));
                }
                after = ServerState.await(courant, before::equals);
            }
            // Surefire and Failsafe do not show report entries.
            Files.writeString(
                    Path.of("target", "bad-input.txt"),
                    published + " control events\n" + statuses.toString().replace(", ", "\n") + "\n");
            assertAll(
                    () -> assertTrue(published > 0),
                    () -> assertEquals(List.of(), faults),
                    () -> assertEquals(before, after),
                    () -> assertEquals(List.of(), findForbiddenLines(courant.output())));
        }
    }

    /** Sends all bad requests while control events are published, and returns the number of control events. */
    private static int attack(CourantProcess courant, Map<String, Integer> statuses, List<String> faults)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        AtomicBoolean done = new AtomicBoolean();
        Semaphore due = new Semaphore(1);
        try {
            Future<Integer> publishing = threads.submit(() -> publish(courant, due, done));
            for (Target target : Target.values()) {
                List<Callable<Map<String, Integer>>> parts = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    BadRequests requests = new BadRequests(target, SEED + target.ordinal() * 100L + i);
                    BadRequestClient client =
                            new BadRequestClient(courant.uri(), requests, target.mayStream() ? 2 : 16);
                    parts.add(() -> {
                        Map<String, Integer> counts = client.send(REQUESTS_PER_TARGET / THREADS, due::release);
                        faults.addAll(client.faults());
                        return counts;
                    });
                }
                for (Future<Map<String, Integer>> part : threads.invokeAll(parts)) {
                    part.get()
                            .forEach((response, count) -> statuses.merge(target + " " + response, count, Integer::sum));
                }
            }
            done.set(true);
            due.release();
            return publishing.get(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    private static int publish(CourantProcess courant, Semaphore due, AtomicBoolean done) throws Exception {
        HubClient reporter = new HubClient(courant.uri(), TestTokens.create(List.of("publish"), "*"));
        int published = 0;
        for (; !done.get(); published++) {
            due.acquire();
            String topic = CONTROL.substring("sse/".length());
            assertEquals(
                    200,
                    reporter.publish("topic", topic, "private", "", "data", PRIVATE)
                            .statusCode());
            var response = reporter.publish("topic", topic, "data", "control " + published);
            assertEquals(200, response.statusCode());
            assertNotNull(response.body());
        }
        return published;
    }

    /**
     * Returns log lines that must not exist: secrets, private events, request addresses and warnings of the application about
     * input. The server itself may log malformed requests and disconnections.
     */
    private static List<String> findForbiddenLines(List<String> output) {
        return output.stream()
                .filter(line -> line.contains(TestTokens.KEY)
                        || line.contains(PRIVATE)
                        || line.contains("eyJ")
                        || line.contains("request to the URI")
                        || line.contains("WARNING dev.courant")
                        || line.contains("SEVERE dev.courant"))
                .limit(20)
                .toList();
    }
}
