package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests bodies that contain several events. */
class PublishStreamIT extends PublishTestCase {

    private static final String[] EVENT_STREAM = {"Content-Type", "text/event-stream"};

    @Test
    void publishesEachEventWhenItHasArrived() throws Exception {
        URI topic = base.resolve("sse/test/pipe/live");
        try (HttpEventStream stream = new HttpEventStream(topic);
                EventBody body = new EventBody(topic, "POST", EVENT_STREAM)) {
            stream.next("retry");
            body.send("retry: 10\nid: 7\ndata: o").send("ne\n\ndata: two\r\nda");
            assertEquals("one", stream.next("data").get("data"));
            body.send("ta: 2\r\n\r\nevent: alarm\ndata: three\n\ndata: never\n");
            assertEquals("two\n2", stream.next("data").get("data"));
            Map<String, String> third = stream.next("data");
            assertEquals("alarm", third.get("event"));
            assertFalse(body.hasResponse());
            EventBody.Response response = body.end();

            assertEquals(200, response.status());
            assertEquals("application/json", response.http().header("Content-Type"));
            assertEquals(3, response.stored());
            assertEquals(third.get("id"), response.lastId());
            assertTrue(response.json().getBoolean("unfinished"));
        }
    }

    @Test
    void publishesLinesOfJson() throws Exception {
        URI topic = base.resolve("sse/test/pipe/json");
        try (HttpEventStream stream = new HttpEventStream(topic)) {
            stream.next("retry");
            HttpResponse<String> response = post(
                    "sse?topic=test/pipe/json&topic=test/pipe/other&type=token",
                    "{\"a\":1}\n\n{\"a\":2}",
                    "Content-Type",
                    "application/x-ndjson");
            assertEquals(200, response.statusCode(), response::body);
            assertTrue(response.body().contains("\"stored\":2"), response::body);
            Map<String, String> first = stream.next("data");
            assertEquals("{\"a\":1}", first.get("data"));
            assertEquals("token", first.get("event"));
            assertEquals("{\"a\":2}", stream.next("data").get("data"));
        }
    }

    @Test
    void acceptsPutWithoutMediaType() throws Exception {
        URI topic = base.resolve("sse/test/pipe/put");
        try (HttpEventStream stream = new HttpEventStream(topic);
                EventBody body = new EventBody(topic, "PUT", "Expect", "100-continue")) {
            stream.next("retry");
            body.send("data: one\n\n");
            assertEquals("one", stream.next("data").get("data"));
            assertEquals(1, body.end().stored());
        }
    }

    @Test
    void acceptsAnEmptyBody() throws Exception {
        HttpResponse<String> response = post("sse/test/pipe/empty", "", EVENT_STREAM);
        assertEquals(200, response.statusCode(), response::body);
        assertEquals("{\"stored\":0}", response.body());
    }

    @Test
    void saysHowFarAnInvalidBodyGot() throws Exception {
        URI topic = base.resolve("sse/test/pipe/invalid");
        try (HttpEventStream stream = new HttpEventStream(topic);
                EventBody body = new EventBody(topic, "POST", EVENT_STREAM)) {
            stream.next("retry");
            body.send("data: one\n\ndata: two\n\ndata: three \u00ff\n"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            body.send("\ndata: four\n\n");
            EventBody.Response response = body.response();

            assertEquals(400, response.status());
            assertEquals(2, response.stored());
            assertEquals("close", response.http().header("Connection"));
            assertTrue(response.json().getString("detail").startsWith("Event 3 "), response.json()::toString);
            assertEquals("one", stream.next("data").get("data"));
            assertEquals(response.lastId(), stream.next("data").get("id"));
        }
    }

    /** Sends more than the buffers of the network can hold, and only then reads the response. */
    @Test
    void respondsToAClientThatContinuesToSend() throws Exception {
        URI topic = base.resolve("sse/test/pipe/continues");
        try (EventBody body = new EventBody(topic, "POST", EVENT_STREAM)) {
            body.send("data: one\n\nevent: mercure\ndata: two\n\n");
            String more = "data: more\n\n".repeat(5000);
            for (int i = 0; i < 100; i++) {
                body.send(more);
            }
            EventBody.Response response = body.response();

            assertEquals(400, response.status());
            assertEquals(1, response.stored());
        }
    }

    @Test
    void storesEachEventOnceAfterACut() throws Exception {
        URI topic = base.resolve("sse/test/pipe/cut");
        String[] headers = {"Content-Type", "text/event-stream", "Idempotency-Key", "cut"};
        try (HttpEventStream stream = new HttpEventStream(topic)) {
            stream.next("retry");
            try (EventBody cut = new EventBody(topic, "POST", headers);
                    EventBody repeated = new EventBody(topic, "POST", headers)) {
                cut.send("data: 1\n\ndata: 2\n\nda");
                assertEquals("1", stream.next("data").get("data"));
                assertEquals("2", stream.next("data").get("data"));
                repeated.send("data: 1\n\ndata: 2\n\ndata: 3\n\n");
                assertEquals("3", stream.next("data").get("data"));
                cut.send("ta: 3\n\n");
                repeated.send("data: 4\n\n");
                EventBody.Response response = repeated.end();

                assertEquals(4, response.stored());
                assertEquals(5, response.json().getInt("next"));
                assertEquals(3, cut.end().stored());
            }
            HttpResponse<String> question = post("sse/test/pipe/cut", "", headers);
            assertTrue(question.body().contains("\"next\":5"), question::body);
            HttpResponse<String> rest = post("sse/test/pipe/cut?from=4", "data: 4\n\ndata: 5\n\n", headers);
            assertTrue(rest.body().contains("\"stored\":2"), rest::body);
            HttpResponse<String> other = post("sse/test/pipe/cut", "data: x\n\n".repeat(6), headers);
            assertRejected(422, other);
            assertTrue(other.body().contains("\"next\":6"), other::body);
            assertRejected(409, post("sse/test/pipe/cut?from=7", "data: 7\n\n", headers));
            assertRejected(
                    409,
                    post(
                            "sse/test/pipe/cut?from=2",
                            "data: 2\n\n",
                            "Content-Type",
                            "text/event-stream",
                            "Idempotency-Key",
                            "unknown"));
            assertRejected(400, post("sse/test/pipe/cut?from=2", "data: 2\n\n", EVENT_STREAM));
            assertRejected(400, post("sse/test/pipe/cut?from=0", "data: 2\n\n", headers));
            post("sse/test/pipe/cut", "end");
            assertEquals("4", stream.next("data").get("data"));
            assertEquals("5", stream.next("data").get("data"));
            assertEquals("end", stream.next("data").get("data"));
        }
    }

    @Test
    void refusesWhatAppliesToOneEventOnly() throws Exception {
        assertRejected(400, post("sse/test/pipe?id=a", "data: a\n\n", EVENT_STREAM));
        assertRejected(400, post("sse/test/pipe?retry=5", "data: a\n\n", EVENT_STREAM));
        assertRejected(401, post("sse/private/pipe", "data: a\n\n", EVENT_STREAM));
        assertRejected(415, post("sse/test/pipe", "data: a\n\n", "Content-Type", "text/event-stream; charset=utf-16"));
        assertRejected(
                415,
                post("sse/test/pipe", "data: a\n\n", "Content-Type", "text/event-stream", "Content-Encoding", "gzip"));
    }

    /** Publishes more than the buffers hold, by more publishers than the server has threads. */
    @Test
    void storesTheEventsOfManyPublishersInOrder() throws Exception {
        int publishers = 50;
        int parts = 40;
        int events = 25;
        List<EventBody> bodies = new ArrayList<>();
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/pipe/many"))) {
            stream.next("retry");
            for (int i = 0; i < publishers; i++) {
                bodies.add(new EventBody(base.resolve("sse/test/pipe/many?type=p" + i), "POST", EVENT_STREAM));
            }
            for (int part = 0; part < parts; part++) {
                for (EventBody body : bodies) {
                    StringBuilder text = new StringBuilder();
                    for (int event = 0; event < events; event++) {
                        text.append("data: ").append(part * events + event).append("\n\n");
                    }
                    body.send(text.toString());
                }
            }
            for (EventBody body : bodies) {
                assertEquals(parts * events, body.end().stored());
            }
            int[] next = new int[publishers];
            for (int i = 0; i < publishers * parts * events; i++) {
                Map<String, String> event = stream.next("data");
                int publisher = Integer.parseInt(event.get("event").substring(1));
                assertEquals(next[publisher]++, Integer.parseInt(event.get("data")));
            }
        } finally {
            for (EventBody body : bodies) {
                body.close();
            }
        }
    }
}
