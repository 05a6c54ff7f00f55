package dev.courant.it.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.it.server.OpenClients;
import dev.courant.support.CourantCommand;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import dev.courant.support.TestDeadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what clients receive when SIGTERM stops the uber-jar. */
class StopIT {

    /** The exit status of a JVM after SIGTERM: 128 and the number of the signal. */
    private static final int TERMINATED = 143;

    private static final int PUBLISHERS = 16;

    /** A line of the log while the server starts. */
    private static final String STARTING = "Virtual server server loaded";

    @Test
    void printsNoFailureIfItIsStoppedDuringItsStart(@TempDir Path directory) throws Exception {
        Process process = CourantCommand.jar(List.of(), List.of("--port", Integer.toString(FreePorts.free())))
                .in(directory)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); !line.contains(STARTING); line = output.readLine()) {
                assertTrue(process.isAlive(), line);
            }
            process.toHandle().destroy(); // Process.destroy closes the output
            List<String> rest = output.lines().toList();

            assertEquals(TERMINATED, process.waitFor());
            assertTrue(rest.stream().noneMatch(line -> line.startsWith("Courant ")), rest::toString);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Publishes with and without pauses during the stop. Each response states whether the event was stored, and acknowledged
     * events are available after a restart.
     */
    @Test
    void acknowledgesOrRejectsEveryPublicationWhileItStops(@TempDir Path directory) throws Exception {
        List<String> jvmArgs =
                List.of("-Dcourant.publish.anonymous=test/**", "-Dcourant.journal.dir=" + directory.resolve("journal"));
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> rejected = new ConcurrentLinkedQueue<>();
        Queue<String> others = new ConcurrentLinkedQueue<>();
        try (CourantProcess courant = CourantProcess.start(FreePorts.free(), jvmArgs)) {
            URI topic = courant.uri().resolve("sse/test/stop");
            List<Thread> publishers = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(PUBLISHERS);
            for (int i = 0; i < PUBLISHERS; i++) {
                int number = i;
                publishers.add(new Thread(() -> {
                    long pause = TimeUnit.MILLISECONDS.toNanos(number % 4 * 100L);
                    try (RawConnection connection = new RawConnection(topic)) {
                        for (int event = 0; ; event++) {
                            String data = number + "-" + event;
                            connection.send(publication(topic, data));
                            RawConnection.RawResponse response = connection.read(false);
                            if (response == null) {
                                return;
                            } else if (response.status() == 201) {
                                acknowledged.add(data);
                                started.countDown();
                            } else {
                                boolean problem = response.status() == 503
                                        && "application/problem+json".equals(response.header("Content-Type"))
                                        && response.header("Retry-After") != null
                                        && response.body().contains("stored");
                                (problem ? rejected : others).add(response.head() + response.body());
                                return;
                            }
                            LockSupport.parkNanos(pause);
                        }
                    } catch (IOException closed) {
                        // A connection may be closed between two requests.
                    }
                }));
            }
            publishers.forEach(Thread::start);
            assertTrue(started.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            assertEquals(TERMINATED, courant.stop());
            for (Thread publisher : publishers) {
                publisher.join();
            }

            assertEquals(List.of(), List.copyOf(others), () -> String.join("\n", courant.output()));
            assertFalse(rejected.isEmpty());
            courant.restart();
            assertStored(acknowledged, courant.uri().resolve("sse/test/stop"));
        }
    }

    private static byte[] publication(URI topic, String data) {
        String head = "POST " + topic.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + data.length();
        return (head + "\r\n\r\n" + data).getBytes(US_ASCII);
    }

    private static void assertStored(Collection<String> acknowledged, URI topic) throws Exception {
        Set<String> missing = new HashSet<>(acknowledged);
        try (HttpEventStream stream = new HttpEventStream(topic, "Last-Event-ID", "earliest")) {
            while (!missing.isEmpty()) {
                missing.remove(stream.next("data").get("data"));
            }
        }
    }

    @Test
    void endsEveryStreamAfterTheLastAcknowledgedEventAndPrintsNothing() throws Exception {
        try (CourantProcess courant =
                        CourantProcess.start(FreePorts.free(), List.of("-Dcourant.publish.anonymous=test/**"));
                OpenClients clients = new OpenClients(courant.uri())) {
            assertEquals(TERMINATED, courant.stop());

            List<String> output = courant.output();
            String last = output.get(output.size() - 1);
            assertTrue(last.startsWith(CourantProcess.READY), () -> String.join("\n", output));
            clients.awaitEnd();
            assertThrows(
                    ConnectException.class,
                    () -> new Socket("127.0.0.1", courant.uri().getPort()).close());
        }
    }
}
