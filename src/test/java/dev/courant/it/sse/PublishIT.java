package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests publishing and following over HTTP. The topics {@code test/**} accept anonymous publications. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PublishIT {

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @ArquillianResource
    private URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void returnsTheIdOfTheEvent() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/arrives"))) {
            stream.next("retry");
            HttpResponse<String> response = post("sse/test/arrives", "one\r\ntwo \u20ac\nthree");

            assertEquals(201, response.statusCode());
            assertEquals(Map.of("id", response.body(), "data", "one\ntwo \u20ac\nthree"), stream.next("data"));
        }
    }

    @Test
    void deliversTheTypeOfAnEvent() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/type"))) {
            stream.next("retry");
            post("sse/test/type?type=alarm", "one");
            post("sse/test/type", "two", "Event-Type", "calm");

            assertEquals("alarm", stream.next("data").get("event"));
            assertEquals("calm", stream.next("data").get("event"));
        }
    }

    @Test
    void deliversAndResumesFromThePublishersId() throws Exception {
        HttpResponse<String> first = post("sse/test/own?id=urn:example:a&retry=2500", "one");
        post("sse/test/own", "two", "Event-Id", "urn:example:2", "Event-Retry", "3000");
        post("sse/test/own", "three");

        assertEquals("urn:example:a", first.body());
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/own?lastEventId=urn:example:a"))) {
            stream.next("retry");
            assertEquals(Map.of("id", "urn:example:2", "retry", "3000", "data", "two"), stream.next("data"));
        }
        try (HttpEventStream stream =
                new HttpEventStream(base.resolve("sse/test/own"), "Last-Event-ID", "urn:example:2")) {
            assertEquals("three", stream.next("data").get("data"));
        }
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/own"), "Last-Event-ID", "earliest")) {
            assertEquals("one", stream.next("data").get("data"));
        }
    }

    @Test
    void rejectsIdsInTheFormatOfTheLog() throws Exception {
        String ours = post("sse/test/ours", "one").body();
        assertRejected(400, post("sse/test/ours?id=" + ours.replace("#", "%23"), "two"));
    }

    @Test
    void streamsSeveralTopicsInOrder() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse?topic=test/a&topic=test/b"))) {
            stream.next("retry");
            for (String topic : new String[] {"a", "c", "b", "c", "a"}) {
                post("sse/test/" + topic, topic);
            }
            assertEquals("a", stream.next("data").get("data"));
            assertEquals("b", stream.next("data").get("data"));
            assertEquals("a", stream.next("data").get("data"));
        }
    }

    @Test
    void publishesOneEventToTopicsOfTheQuery() throws Exception {
        String both = "sse?topic=test/any//a&topic=test/any/b:c";
        try (HttpEventStream stream = new HttpEventStream(base.resolve(both));
                HttpEventStream one = new HttpEventStream(base.resolve("sse?topic=test/any/b:c"))) {
            stream.next("retry");
            one.next("retry");
            String id = post(both + "&type=alarm", "one").body();
            post("sse?topic=test/any//a", "two");

            assertEquals(Map.of("id", id, "event", "alarm", "data", "one"), one.next("data"));
            assertEquals("one", stream.next("data").get("data"));
            assertEquals("two", stream.next("data").get("data"));
        }
        assertRejected(400, post("sse", "of no topic"));
        assertRejected(400, post("sse?topic=", "of no name"));
        assertRejected(401, post("sse?topic=test/any//a&topic=private", "not to both"));
    }

    @Test
    void resumesATopicFromAnIdOfAnother() throws Exception {
        String id = post("sse/test/before", "before").body();
        post("sse/test/resumed", "missed");
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/resumed"), "Last-Event-ID", id)) {
            assertEquals("missed", stream.next("data").get("data"));
        }
    }

    @Test
    void publishesOnceWithOneKey() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/once"))) {
            stream.next("retry");
            HttpResponse<String> first = post("sse/test/once", "one", "Idempotency-Key", "k1");
            HttpResponse<String> again = post("sse/test/once", "one", "Idempotency-Key", "k1");
            HttpResponse<String> other = post("sse/test/once", "two", "Idempotency-Key", "k1");
            HttpResponse<String> last = post("sse/test/once", "last", "Idempotency-Key", "k2");

            assertEquals(first.body(), again.body());
            assertRejected(422, other);
            assertNotEquals(first.body(), last.body());
            assertEquals("one", stream.next("data").get("data"));
            assertEquals("last", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "test/%E2%80%8B, data, 400",
        "test/x?type=gap, data, 400",
        "test/x?type=a%0Ab, data, 400",
        "test/x?id=earliest, data, 400",
        "test/x?id=a%0Ab, data, 400",
        "test/x?retry=soon, data, 400",
        "test/x?retry=-1, data, 400",
        "test/x?retry=999999999999, data, 400",
        "test/x, '', 400",
        "other, data, 401",
        "numbers, data, 401"
    })
    void rejectsWithAProblemDocument(String path, String data, int status) throws Exception {
        assertRejected(status, post("sse/" + path, data));
    }

    /** Replacing invalid octets with U+FFFD would map different topics to the same one. */
    @ParameterizedTest
    @CsvSource({
        "POST, sse?topic=test/%E9",
        "POST, sse?topic=test/%E8",
        "POST, sse?topic=test/utf8&topic=test/%ED%A0%80",
        "POST, sse/test/utf8?type=%E9",
        "POST, sse/test/utf8?else=%E9",
        "POST, .well-known/mercure?else=%E9",
        "GET, sse?topic=test/%E9",
        "GET, sse?lastEventId=%E9",
        "GET, sse/test/utf8?%E9",
        "GET, .well-known/mercure?match=test/%E9",
        "GET, .well-known/mercure?match=test/utf8&last_event_id=%E9",
        "GET, ops/health/ready?else=%E9"
    })
    void rejectsAQueryThatIsNotUtf8(String method, String path) throws Exception {
        BodyPublisher body =
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("topic=test/utf8");
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(HttpEventStream.DEADLINE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body)
                .build();
        assertRejected(400, client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    @Tag("control-in-path")
    void rejectsAControlCharacterInATopic() throws Exception {
        assertRejected(400, post("sse/test/%0A", "data"));
    }

    @Test
    void rejectsBinaryAndLargeBodiesAlsoInChunks() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) 'x');
        assertRejected(400, post("sse/test/x", BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xC3, '('})));
        assertRejected(413, post("sse/test/x", BodyPublishers.ofByteArray(large)));
        assertRejected(413, post("sse/test/x", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    }

    @ParameterizedTest
    @CsvSource({"utf-16le, UTF-16LE", "UTF-16, UTF-16", "iso-8859-1, ISO-8859-1", "utf-8, UTF-8"})
    void convertsTheCharsetOfTheContentType(String name, String charset) throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/charset"))) {
            stream.next("retry");
            HttpResponse<String> response = post(
                    "sse/test/charset",
                    BodyPublishers.ofString("H\u00e9", Charset.forName(charset)),
                    "Content-Type",
                    "text/plain; charset=" + name);
            assertEquals(201, response.statusCode(), response::body);
            assertEquals(Map.of("id", response.body(), "data", "H\u00e9"), stream.next("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({"sse/test/x, text/plain", ".well-known/mercure, application/x-www-form-urlencoded"})
    void rejectsUnsupportedContentTypes(String path, String type) throws Exception {
        String body = "topic=test/x&data=x";
        HttpResponse<String> compressed = post(path, body, "Content-Type", type, "Content-Encoding", "br");
        assertRejected(415, compressed);
        assertEquals(
                "identity", compressed.headers().firstValue("Accept-Encoding").orElse(""));
        assertRejected(415, post(path, body, "Content-Type", type + "; charset=utf-7"));
        assertEquals(
                2,
                post(path, body, "Content-Type", type, "Content-Encoding", "identity")
                                .statusCode()
                        / 100);
    }

    @ParameterizedTest
    @CsvSource({"sse/%E2%80%8B", "sse?topic=a&topic=*", "sse?topic="})
    void rejectsStreamsOfInvalidTopics(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(HttpEventStream.DEADLINE)
                .build();
        assertRejected(400, client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static void assertRejected(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.body().contains("\"detail\""), response::body);
    }

    private HttpResponse<String> post(String path, String data, String... headers) throws Exception {
        return post(path, BodyPublishers.ofString(data), headers);
    }

    private HttpResponse<String> post(String path, BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(HttpEventStream.DEADLINE)
                .POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
