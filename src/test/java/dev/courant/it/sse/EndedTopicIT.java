package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a topic: {@code POST /sse/{topic}?end}. */
class EndedTopicIT extends PublishTestCase {

    private final String topic = "test/" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"sse/%s", "sse?topic=%s", ".well-known/mercure?match=%s"})
    void closesStreamsAndOpensNoneForAClientThatHasReceivedTheEnd(String path) throws Exception {
        String stream = path.formatted(topic);
        String end;
        try (HttpEventStream open = new HttpEventStream(base.resolve(stream))) {
            assertEquals(201, post("sse/" + topic, "1").statusCode());
            HttpResponse<String> ended = post("sse/" + topic + "?end", "last");
            assertEquals(201, ended.statusCode(), ended::body);
            end = ended.body();

            assertEquals("1", open.next("data").get("data"));
            assertEquals(
                    "end", open.next(block -> "last".equals(block.get("data"))).get("event"));
            assertEquals(List.of(), open.rest());
        }
        try (HttpEventStream late = new HttpEventStream(base.resolve(stream))) {
            assertEquals(List.of("last"), late.rest());
        }
        try (HttpEventStream again = new HttpEventStream(base.resolve(stream), "Last-Event-ID", end)) {
            assertEquals(204, again.response().statusCode());
            assertEquals(List.of(), again.rest());
        }
        try (HttpEventStream earlier = new HttpEventStream(base.resolve(stream), "Last-Event-ID", "urn:unknown")) {
            List<String> data = earlier.rest();
            assertEquals(List.of("1", "last"), data.subList(1, data.size()), "after a gap event");
        }
    }

    @Test
    void refusesFurtherEvents() throws Exception {
        HttpResponse<String> end = post("sse/" + topic + "?end", "", "Idempotency-Key", "end of " + topic);
        assertEquals(201, end.statusCode(), end::body);

        assertRejected(409, post("sse/" + topic, "more"));
        assertRejected(409, post("sse?topic=test/other&topic=" + topic, "more"));
        assertRejected(409, post("sse/" + topic + "?end", ""));
        HttpResponse<String> repeated = post("sse/" + topic + "?end", "", "Idempotency-Key", "end of " + topic);
        assertEquals(end.body(), repeated.body());
        try (HttpEventStream late = new HttpEventStream(base.resolve("sse/" + topic))) {
            assertEquals("end", late.next("event").get("event"), "also without data");
        }
    }

    @Test
    void onlyTheParameterEndsATopic() throws Exception {
        assertRejected(400, post("sse/" + topic + "?type=end", "1"));
        assertRejected(400, post("sse/" + topic + "?end&type=news", "1"));
        assertRejected(400, post("sse/" + topic + "?end", "data: 1\n\n", "Content-Type", "text/event-stream"));
        HttpResponse<String> refused = post("sse/other/" + topic + "?end", "1");
        assertTrue(refused.statusCode() == 401, refused::body);
        assertEquals(201, post("sse/" + topic, "1").statusCode());
    }
}
