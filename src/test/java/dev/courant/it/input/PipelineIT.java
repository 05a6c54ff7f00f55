package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import dev.courant.support.RawConnection.RawResponse;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests several publications in one write (RFC 9112, section 9.3.2): responses are in order, and each event is stored once. */
@Tag("server")
@Tag("pipelined-posts")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PipelineIT {

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @ArquillianResource
    private URI base;

    @ParameterizedTest
    @CsvSource({
        "sse, 2, length, 1",
        "sse, 4, length, 1",
        "sse, 6, length, 3",
        "sse, 50, length, 7",
        "sse, 50, length, 331",
        "sse, 6, chunks, 1",
        "sse, 50, chunks, 7",
        "sse, 50, both, 7",
        "mercure, 2, length, 1",
        "mercure, 6, length, 1",
        "mercure, 50, length, 7",
        "mercure, 50, length, 331",
        "mercure, 50, both, 7"
    })
    void respondsToPublicationsInOrderAndStoresEachOnce(String api, int count, String framing, int step)
            throws Exception {
        String topic = "test/pipeline/" + String.join("-", api, count + "", framing, step + "");
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream write = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            sent.add(i + "x".repeat(i * step % 1009));
            boolean chunked = framing.equals("chunks") || framing.equals("both") && i % 2 == 1;
            write.writeBytes(publication(api, topic, sent.get(i), chunked));
        }
        List<String> ids = new ArrayList<>();
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(write.toByteArray());
            for (int i = 0; i < count; i++) {
                RawResponse response = connection.read(false);
                assertNotNull(response, "response " + i + " of " + count);
                assertEquals(api.equals("sse") ? 201 : 200, response.status(), response::head);
                ids.add(response.body());
            }
        }
        assertStored(topic, sent, ids);
    }

    @ParameterizedTest
    @CsvSource({"length", "chunks"})
    void rejectsPublicationsBeforeTheirBodies(String framing) throws Exception {
        String topic = "test/pipeline/refused-" + framing;
        boolean chunked = framing.equals("chunks");
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream write = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            sent.add("stored " + i);
            write.writeBytes(publication("sse", topic, sent.get(i), chunked));
            write.writeBytes(publication("sse", "private/" + i, "refused", chunked));
            write.writeBytes(publication("mercure", "private/" + i, "refused", chunked));
            write.writeBytes(request(".well-known/mercure", "text/plain", "refused", chunked));
        }
        List<String> ids = new ArrayList<>();
        boolean ended = false;
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(write.toByteArray());
            for (int i = 0; i < 4 && !ended; i++) {
                for (int status : new int[] {201, 401, 401, 415}) {
                    RawResponse response = connection.read(false);
                    assertNotNull(response, "response of status " + status + " in round " + i);
                    assertEquals(status, response.status(), response::head);
                    if (status == 201) {
                        ids.add(response.body());
                    }
                    // Open Liberty sends Connection: close with each 415.
                    ended = status == 415 && response.isLast();
                }
            }
        }
        assertStored(topic, sent.subList(0, ids.size()), ids);
    }

    /**
     * After a {@code 400} or a {@code 413}, some servers close the connection. Payara still processes the requests after it
     * without a response, so a publisher that repeats them needs an {@code Idempotency-Key}.
     */
    @ParameterizedTest
    @CsvSource({"0, 400", "2000000, 413"})
    void storesAcknowledgedEventsAfterAnErrorResponse(int size, int status) throws Exception {
        String topic = "test/pipeline/ended-" + status;
        ByteArrayOutputStream write = new ByteArrayOutputStream();
        write.writeBytes(publication("sse", topic, "before", false));
        write.writeBytes(publication("sse", topic, "x".repeat(size), false));
        write.writeBytes(publication("sse", topic, "after", false));
        boolean responded;
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(write.toByteArray());
            assertStatus(201, connection.read(false));
            RawResponse rejection = connection.read(false);
            assertStatus(status, rejection);
            RawResponse after = connection.read(false);
            responded = after != null;
            if (after != null) {
                assertStatus(201, after);
            }
        }
        List<String> stored =
                readStored(topic).stream().map(event -> event.get("data")).toList();
        List<String> both = List.of("before", "after");
        assertTrue(stored.equals(both) || !responded && stored.equals(List.of("before")), stored::toString);
    }

    private static void assertStatus(int status, @Nullable RawResponse response) {
        assertNotNull(response, "no response with status " + status);
        assertEquals(status, response.status(), response::head);
    }

    private void assertStored(String topic, List<String> data, List<String> ids) throws Exception {
        List<Map<String, String>> stored = readStored(topic);
        assertEquals(data, stored.stream().map(event -> event.get("data")).toList());
        assertEquals(ids, stored.stream().map(event -> event.get("id")).toList());
    }

    /** Publishes a last event on a separate connection, and returns the events stored before it. */
    private List<Map<String, String>> readStored(String topic) throws Exception {
        try (RawConnection last = new RawConnection(base)) {
            last.send(publication("sse", topic, "last", false));
            assertNotNull(last.read(false));
        }
        List<Map<String, String>> stored = new ArrayList<>();
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/" + topic), "Last-Event-ID", "earliest")) {
            for (var event = stream.next("data"); !"last".equals(event.get("data")); event = stream.next("data")) {
                stored.add(event);
            }
        }
        return stored;
    }

    private byte[] publication(String api, String topic, String data, boolean chunked) {
        return api.equals("sse")
                ? request("sse/" + topic, "text/plain", data, chunked)
                : request(
                        ".well-known/mercure",
                        "application/x-www-form-urlencoded",
                        "topic=" + topic + "&data=" + data,
                        chunked);
    }

    private byte[] request(String path, String type, String body, boolean chunked) {
        String head = "POST " + base.resolve(path).getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n";
        String framed = chunked
                ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                        + "\r\n0\r\n\r\n"
                : "Content-Length: " + body.length() + "\r\n\r\n" + body;
        return (head + framed).getBytes(UTF_8);
    }
}
