package dev.courant.it.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.check.CheckFindings;
import dev.courant.check.DeliveryChecker;
import dev.courant.check.EventPayload;
import dev.courant.event.EventStreamParser;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tests a stream that ends with a client that loses its connection at random bytes, ten times by default;
 * {@code -Dcourant.cuts=50} sets the number.
 */
class StreamCutsIT extends PublishTestCase {

    private static final int CUTS = Integer.getInteger("courant.cuts", 10);
    private static final int EVENTS_PER_CUT = 30;
    private static final int EVENTS = EVENTS_PER_CUT * CUTS;
    private static final int MAX_BYTES = 1_000;

    /** The maximum number of bytes before a cut. All cuts need about half of the stream. */
    private static final int MAX_BYTES_PER_CUT = EVENTS_PER_CUT * MAX_BYTES / 2;

    /** A number of bytes that a stream with nothing but the end does not exceed. */
    private static final int MAX_BYTES_OF_END = 150;

    private final Random random = new Random(CUTS);
    private final String topic = "test/cuts-" + System.nanoTime();
    private final EventPayload payload = new EventPayload(topic);
    private final DeliveryChecker checker = new DeliveryChecker();
    private int ends;

    @Test
    void deliversEachEventOnceAndThenEnds() throws Exception {
        checker.follows("client", topic);
        for (int sequence = 1; sequence <= EVENTS; sequence++) {
            checker.topic(topic).acknowledged(sequence, null);
        }
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(this::publish);
        String lastId = "earliest";
        for (int connections = 0; lastId != null; connections++) {
            lastId = follow(lastId, connections < CUTS ? random.nextInt(MAX_BYTES_PER_CUT) : Integer.MAX_VALUE);
        }
        publisher.get(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS);

        CheckFindings findings = checker.findings();
        assertTrue(findings.isClean(), () -> String.join("\n", findings.lines()));
        assertEquals(1, ends);
    }

    @Test
    void resumesAtEachByteOfTheEnd() throws Exception {
        String id = post("sse/" + topic, "last").body();
        post("sse/" + topic + "?end", "end");
        for (int bytes = 0; bytes < MAX_BYTES_OF_END; bytes++) {
            ends = 0;
            String lastId = follow(id, bytes);
            assertEquals(ends > 0, lastId != null && follow(lastId, 0) == null, "after " + bytes + " bytes");
        }
        assertEquals(1, ends);
    }

    private void publish() {
        EventPayload payloads = new EventPayload(topic);
        Random sizes = new Random(CUTS);
        Iterable<byte[]> events = () -> IntStream.rangeClosed(1, EVENTS)
                .mapToObj(sequence -> {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                    byte[] data = new byte[EventPayload.MIN_BYTES + sizes.nextInt(MAX_BYTES)];
                    payloads.write(data, 0, sequence, System.nanoTime() / 1000);
                    return ("data: " + new String(data, US_ASCII) + "\n\n").getBytes(US_ASCII);
                })
                .iterator();
        try {
            post("sse/" + topic, BodyPublishers.ofByteArrays(events), "Content-Type", "text/event-stream");
            post("sse/" + topic + "?end", "end");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the stream as an {@code EventSource} does, and disconnects after a number of bytes.
     *
     * @return the id after which to resume, or {@code null} if the topic has ended
     */
    private @Nullable String follow(String lastId, int bytes) throws IOException {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send("GET %ssse/%s HTTP/1.1\r\nHost: %s\r\nCache-Control: no-cache\r\nLast-Event-ID: %s\r\n\r\n"
                    .formatted(base.getPath(), topic, base.getAuthority(), lastId)
                    .getBytes(UTF_8));
            RawConnection.RawResponse response = connection.read(false);
            if (response.status() == 204) {
                return null;
            }
            assertTrue(response.isStream(), response.head());
            InputStream stream = connection.stream(response);
            EventStreamParser parser = new EventStreamParser(lastId);
            for (int count = 0, octet = 0; count < bytes && octet >= 0; count++) {
                octet = stream.read();
                if (octet >= 0) {
                    parser.read(new byte[] {(byte) octet}, 0, 1);
                }
            }
            parser.events().forEach(this::check);
            return parser.lastEventId();
        }
    }

    private void check(EventStreamParser.Received event) {
        byte[] data = event.data().getBytes(US_ASCII);
        if (event.type().equals("end")) {
            ends++;
        } else if (payload.read(data, 0, data.length)) {
            checker.received("client", topic, payload.sequence());
        } else {
            checker.foreign("client", topic);
        }
    }
}
