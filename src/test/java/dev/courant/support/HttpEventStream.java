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

/** A stream read by {@code java.net.http}, block by block, each a map from field names to values ("" is a comment). */
public final class HttpEventStream implements AutoCloseable {

    public static final Duration DEADLINE = TestDeadline.DURATION;

    private static final Map<String, String> END = Map.of("end", "of stream");
    private static final Map<String, String> BROKEN = Map.of("broken", "off");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<Map<String, String>> blocks = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private final Thread reader;
    private volatile Throwable cause; // of what broke it off

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

    /** The next block with this field, within the deadline. */
    public Map<String, String> next(String field) throws InterruptedException {
        return next(block -> block.containsKey(field));
    }

    public Map<String, String> next(Predicate<Map<String, String>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos(); // of all blocks: heartbeats do not prolong it
        Map<String, String> block;
        do {
            block = blocks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (block == BROKEN) {
                throw new AssertionError("the stream broke off", cause);
            }
            if (block == null || block == END) {
                throw new AssertionError(block == null ? "nothing came in time" : "the stream ended");
            }
        } while (!wanted.test(block));
        return block;
    }

    /** The data of all blocks not yet looked at, once the server has ended the stream as a response has to end. */
    public List<String> rest() throws InterruptedException {
        reader.join(DEADLINE.toMillis());
        List<Map<String, String>> rest = new ArrayList<>(blocks);
        if (rest.isEmpty() || rest.get(rest.size() - 1) != END) {
            throw new AssertionError(rest.contains(BROKEN) ? "the stream broke off" : "the stream did not end in time");
        }
        return rest.stream()
                .filter(block -> block.containsKey("data"))
                .map(block -> block.get("data"))
                .toList();
    }

    /** Leaves as a browser does that closes its tab: the connection is closed. */
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
                    blocks.add(Map.of("", line.substring(1).strip())); // may come in front of any line
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
            end = BROKEN; // by this side or that
        }
        blocks.add(end);
    }
}
