package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.courant.support.HttpEventStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests publishing and following over HTTP. */
class PublishIT extends PublishTestCase {

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
    void acceptsTheMediaTypeOfCurl() throws Exception {
        for (String path : new String[] {"sse/test/curl", "sse?topic=test/curl"}) {
            HttpResponse<String> response = post(path, "one", "Content-Type", "application/x-www-form-urlencoded");
            assertEquals(201, response.statusCode(), response::body);
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
}
