package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that begin with events of the past. */
class HistoryIT extends PublishTestCase {

    @Test
    void startsWithTheNewestEventsOfTheStream() throws Exception {
        List<String> ids = publishFour("test/history/last");
        for (String path : List.of(
                "sse/test/history/last?last=2",
                "sse?topic=test/history/last&last=2",
                "sse/test/history/last?last=2&lastEventId=",
                ".well-known/mercure?match=test/history/last&last=2")) {
            try (HttpEventStream stream = new HttpEventStream(base.resolve(path))) {
                assertEquals(ids.get(1), stream.next("retry").get("id"), path);
                assertEquals(Map.of("id", ids.get(2), "data", "3"), stream.next("data"), path);
                assertEquals(Map.of("id", ids.get(3), "data", "4"), stream.next("data"), path);
                post("sse/test/history/last", "live");
                assertEquals("live", stream.next("data").get("data"), path);
            }
            ids = publishFour("test/history/last");
        }
    }

    @Test
    void startsWithTheEventsSinceATime() throws Exception {
        publishFour("test/history/since");
        for (String since : List.of("PT10M", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00+01:00")) {
            for (String path : List.of("sse/test/history/since?", ".well-known/mercure?match=test/history/since&")) {
                try (HttpEventStream stream = new HttpEventStream(base.resolve(path + "since=" + since))) {
                    for (String data : List.of("1", "2", "3", "4")) {
                        assertEquals(data, stream.next("data").get("data"));
                    }
                }
            }
        }
        try (HttpEventStream stream =
                new HttpEventStream(base.resolve("sse/test/history/since?since=2999-01-01T00:00:00Z"))) {
            stream.next("retry");
            post("sse/test/history/since", "live");
            assertEquals("live", stream.next("data").get("data"), "no older event is in the stream");
        }
    }

    @Test
    void resumesAfterAnIdInstead() throws Exception {
        List<String> ids = publishFour("test/history/id");
        URI uri = base.resolve("sse/test/history/id?last=1");
        try (HttpEventStream stream = new HttpEventStream(uri, "Last-Event-ID", ids.get(0))) {
            assertEquals("2", stream.next("data").get("data"));
        }
        try (HttpEventStream stream = new HttpEventStream(URI.create(base
                + ".well-known/mercure?match=test/history/id&last=1&" + HubClient.form("last_event_id", ids.get(0))))) {
            assertEquals("2", stream.next("data").get("data"));
            assertEquals(
                    ids.get(0),
                    stream.response()
                            .headers()
                            .firstValue("Mercure-Last-Event-ID")
                            .orElse(""));
        }
    }

    @Test
    void startsTheNumbersWithTheNewestToo() throws Exception {
        try (HttpEventStream numbers = new HttpEventStream(base.resolve("sse"))) {
            numbers.next("data");
            Map<String, String> second = numbers.next("data");
            try (HttpEventStream later = new HttpEventStream(base.resolve("sse?last=120"))) {
                Map<String, String> first = later.next("data");
                assertNotEquals(second, first, "the stream starts earlier");
                assertEquals(second, later.next(second::equals));
            }
        }
    }

    @Test
    void wrapsTheEventsInEnvelopes() throws Exception {
        URI published = base.resolve("sse?topic=test/history/json&topic=test/history/other&type=t");
        String id = post(published.toString(), "{\n\"n\":1}").body().strip();
        for (String path : List.of(
                "sse/test/history/json?last=1&format=json",
                "sse?topic=test/history/json&last=1&format=json",
                ".well-known/mercure?match=test/history/json&last=1&format=json")) {
            try (HttpEventStream stream = new HttpEventStream(base.resolve(path))) {
                Map<String, String> event = stream.next("data");
                assertEquals(id, event.get("id"));
                assertEquals(null, event.get("event"));
                String start = "{\"id\":\"" + id
                        + "\",\"topics\":[\"test/history/json\",\"test/history/other\"],\"type\":\"t\",\"time\":\"20";
                assertTrue(event.get("data").startsWith(start), event::toString);
                assertTrue(event.get("data").endsWith("\"data\":{ \"n\":1}}"), event::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"last=0", "last=x", "since=10m", "last=5&since=PT1M", "lsat=5", "sinc=PT1M", "format=xml"})
    void refusesOtherValues(String query) throws Exception {
        for (String path : List.of("sse?", "sse/test/history/refused?", ".well-known/mercure?match=a&")) {
            for (String method : List.of("GET", "HEAD")) {
                HttpRequest request = HttpRequest.newBuilder(base.resolve(path + query))
                        .timeout(HttpEventStream.DEADLINE)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals(400, response.statusCode(), path);
                assertTrue(method.equals("HEAD") || response.body().contains("'"), response::body);
            }
        }
    }

    /** Publishes four events and returns their ids. */
    private List<String> publishFour(String topic) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String data : List.of("1", "2", "3", "4")) {
            HttpResponse<String> response = post("sse/" + topic, data);
            assertEquals(201, response.statusCode(), response::body);
            ids.add(response.body().strip());
        }
        return ids;
    }
}
