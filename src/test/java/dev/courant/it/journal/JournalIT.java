package dev.courant.it.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantCommand;
import dev.courant.support.CourantProcess;
import dev.courant.support.CourantRun;
import dev.courant.support.HttpEventStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the uber-jar with a journal, as its clients and its operator use it. */
class JournalIT {

    private static final int FILE_SYSTEM_MEGABYTES = 48;

    @TempDir
    Path directory;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long MAX_FILL_BYTES = 256L << 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CourantProcess start(String... jvmOptions) throws Exception {
        List<String> jvmArgs = new ArrayList<>(List.of(
                "-Dcourant.journal.dir=" + directory,
                "-Dcourant.publish.anonymous=test/**",
                "-Dcourant.numbers=false",
                "-Dcourant.window.max-events=10"));
        jvmArgs.addAll(List.of(jvmOptions));
        return CourantProcess.start(FreePorts.free(), jvmArgs);
    }

    private HttpResponse<String> post(URI topic, String data, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(topic).timeout(HttpEventStream.DEADLINE).POST(BodyPublishers.ofString(data));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void clientsResumeAfterARestartFromTheDiskOnly() throws Exception {
        try (CourantProcess courant = start()) {
            URI topic = courant.uri().resolve("sse/test/restart");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ids.add(post(topic, "event " + i).body());
            }
            courant.stop();
            courant.restart();
            assertEquals(epoch(ids.get(0)), epoch(post(topic, "event 100").body()), "a regular stop keeps the epoch");
            try (HttpEventStream stream = new HttpEventStream(topic, "Last-Event-ID", ids.get(4))) {
                for (int i = 5; i <= 100; i++) {
                    assertEquals("event " + i, stream.next("data").get("data"));
                }
            }
        }
    }

    @Test
    void idempotencyKeysSurviveAKilledProcess() throws Exception {
        try (CourantProcess courant = start("-Dcourant.journal.sync=interval")) {
            URI topic = courant.uri().resolve("sse/test/key");
            String id = post(topic, "once", "Idempotency-Key", "k").body();
            courant.kill();
            courant.restart();
            assertEquals(id, post(topic, "once", "Idempotency-Key", "k").body());
            assertEquals(422, post(topic, "other", "Idempotency-Key", "k").statusCode());
            assertNotEquals(
                    epoch(id), epoch(post(topic, "next").body()), "a kill starts an epoch, since ids may be lost");
        }
    }

    private static String epoch(String id) {
        return id.substring(0, id.indexOf('-'));
    }

    @Test
    void aSecondProcessFailsWithOneLine() throws Exception {
        try (CourantProcess courant = start()) {
            CourantRun second = CourantRun.of(CourantCommand.jar(
                    List.of("-Dcourant.journal.dir=" + directory),
                    List.of("--port", Integer.toString(FreePorts.free()))));
            assertEquals(1, second.status());
            List<String> last = second.err().isEmpty() ? second.out() : second.err();
            assertTrue(
                    last.get(last.size() - 1)
                            .endsWith("The journal in " + directory
                                    + " cannot be opened: it is in use by another process. Stop that process, or"
                                    + " choose another directory (courant.journal.dir)."),
                    String.join("\n", last));
            assertEquals(
                    201,
                    post(courant.uri().resolve("sse/test/first"), "still here").statusCode());
        }
    }

    @Test
    void aFullDiskRejectsPublishingAndStreamsContinue() throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + FILE_SYSTEM_MEGABYTES + "m", "tmpfs") == 0;
        if (!mounted) {
            // Without the permission to mount, the test usually runs in a container, whose /dev/shm is small.
            long freeBytes = Files.exists(SHARED_MEMORY)
                    ? Files.getFileStore(SHARED_MEMORY).getUsableSpace()
                    : 0;
            assumeTrue(freeBytes > 0 && freeBytes <= MAX_FILL_BYTES, "no small file system");
            directory = Files.createTempDirectory(SHARED_MEMORY, "courant");
        }
        try (CourantProcess courant = start("-Dcourant.heartbeat=500ms")) {
            URI topic = courant.uri().resolve("sse/test/full");
            String first = post(topic, "before").body();
            try (HttpEventStream stream = new HttpEventStream(topic, "Last-Event-ID", "earliest")) {
                assertEquals("before", stream.next("data").get("data"));
                fillDisk();
                HttpResponse<String> rejected = post(topic, "rejected");
                assertEquals(507, rejected.statusCode(), rejected.body());
                assertEquals(
                        "application/problem+json",
                        rejected.headers().firstValue("Content-Type").orElse(""));
                assertEquals(
                        503,
                        client.send(readyRequest(courant), BodyHandlers.discarding())
                                .statusCode());
                try (HttpEventStream other = new HttpEventStream(topic, "Last-Event-ID", first)) {
                    other.next("retry");
                    Files.delete(directory.resolve("filler"));
                    awaitReady(courant);
                    assertEquals(201, post(topic, "after").statusCode());
                    assertEquals("after", stream.next("data").get("data"), "the rejected event is not delivered");
                    assertEquals("after", other.next("data").get("data"));
                }
            }
        } finally {
            run(mounted ? new String[] {"umount"} : new String[] {"rm", "-r"});
        }
    }

    private int run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(directory.toString());
        return new ProcessBuilder(all).redirectErrorStream(true).start().waitFor();
    }

    private void fillDisk() throws IOException {
        try (RandomAccessFile filler =
                new RandomAccessFile(directory.resolve("filler").toFile(), "rw")) {
            byte[] block = new byte[1 << 20];
            for (long left = Files.getFileStore(directory).getUsableSpace(); left > 0; left -= block.length) {
                filler.write(block, 0, (int) Math.min(left, block.length));
            }
        }
    }

    private static HttpRequest readyRequest(CourantProcess courant) {
        return HttpRequest.newBuilder(courant.uri().resolve("ops/health/ready")).build();
    }

    private void awaitReady(CourantProcess courant) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        while (client.send(readyRequest(courant), BodyHandlers.discarding()).statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "not ready in time");
        }
    }
}
