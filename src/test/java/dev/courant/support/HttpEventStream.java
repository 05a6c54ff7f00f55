package dev.courant.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A stream that {@code java.net.http} reads. Each block is a map from field names to values; the name of a comment is "".
 */
public final class HttpEventStream implements AutoCloseable {

    public static final Duration DEADLINE = TestDeadline.DURATION;

    private static final Map<String, String> END = Map.of("end", "of stream");
    private static final Map<String, String> BROKEN = Map.of("broken", "off");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<Map<String, String>> blocks = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private final Thread reader;
    private volatile Throwable cause; // of a failed stream

    public HttpEventStream(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(DEADLINE);
        request.setHeader("Cache-Control", "no-cache"); // as an EventSource does
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        reader = Executors.defaultThreadFactory().newThread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    public HttpResponse<?> response() {
        return response;
    }

    /** Waits for the next block with this field, until the deadline. */
    public Map<String, String> next(String field) throws InterruptedException {
        return next(block -> block.containsKey(field));
    }

    public Map<String, String> next(Predicate<Map<String, String>> condition) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos(); // heartbeats do not extend it
        Map<String, String> block;
        do {
            block = blocks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (block == BROKEN) {
                throw new AssertionError("the stream failed", cause);
            }
            if (block == null || block == END) {
                throw new AssertionError(block == null ? "no matching block before the deadline" : "the stream ended");
            }
        } while (!condition.test(block));
        return block;
    }

    /** Waits for the regular end of the response, and returns the data of all unread blocks. */
    public List<String> rest() throws InterruptedException {
        reader.join(DEADLINE.toMillis());
        List<Map<String, String>> rest = new ArrayList<>(blocks);
        if (rest.isEmpty() || rest.get(rest.size() - 1) != END) {
            throw new AssertionError(rest.contains(BROKEN) ? "the stream failed" : "the stream did not end in time");
        }
        return rest.stream()
                .filter(block -> block.containsKey("data"))
                .map(block -> block.get("data"))
                .toList();
    }

    /** Closes the connection, as a browser does when its tab is closed. */
    @Override
    public void close() {
        response.body().close();
        reader.interrupt();
    }

    private void read() {
        Map<String, String> block = new LinkedHashMap<>();
        Map<String, String> end = END;
        try {
            for (String line : (Iterable<String>) response.body()::iterator) {
                if (line.isEmpty()) {
                    blocks.add(block);
                    block = new LinkedHashMap<>();
                } else if (line.startsWith(":")) {
                    blocks.add(Map.of("", line.substring(1).strip())); // a comment may precede any line
                } else {
                    int colon = line.indexOf(':');
                    block.merge(
                            line.substring(0, colon),
                            line.substring(colon + 1).stripLeading(),
                            (one, two) -> one + '\n' + two);
                }
            }
        } catch (RuntimeException closed) {
            cause = closed;
            end = BROKEN; // the server or this client closed the connection
        }
        blocks.add(end);
    }
}
