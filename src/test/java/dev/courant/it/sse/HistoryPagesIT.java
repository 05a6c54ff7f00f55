package dev.courant.it.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.HttpEventStream;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET} of a stream's address with {@code Accept: application/json}. */
class HistoryPagesIT extends PublishTestCase {

    @Test
    void followsTheLinksToAllEvents() throws Exception {
        String topic = "test/pages/all";
        for (int i = 1; i <= 5; i++) {
            assertEquals(201, post("sse/" + topic, "{\"n\":" + i + "}").statusCode());
        }
        for (URI uri : List.of(
                base.resolve("sse/" + topic + "?after=earliest&limit=2"),
                base.resolve("sse?limit=2&topic=" + topic + "&after=earliest"))) {
            List<Integer> numbers = new ArrayList<>();
            HttpResponse<String> page = get(uri, "application/json");
            while (page.headers().firstValue("Link").orElse("").endsWith("; rel=\"next\"")) {
                assertEquals(200, page.statusCode(), page::body);
                numbers.addAll(numbers(page));
                String link = page.headers().firstValue("Link").orElseThrow();
                page = get(page.uri().resolve(link.substring(1, link.indexOf('>'))), "application/json");
            }
            numbers.addAll(numbers(page));
            assertEquals(List.of(1, 2, 3, 4, 5), numbers);
        }
        HttpResponse<String> newest = get(base.resolve("sse/" + topic + "?limit=2"), "application/json");
        assertEquals(List.of(4, 5), numbers(newest));
        assertEquals(
                "application/json", newest.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "private, no-cache",
                newest.headers().firstValue("Cache-Control").orElse(""));
        String vary = String.join(",", newest.headers().allValues("Vary"));
        assertTrue(vary.contains("Accept") && vary.contains("Authorization") && vary.contains("Origin"), vary);

        String tag = newest.headers().firstValue("ETag").orElseThrow();
        URI two = base.resolve("sse/" + topic + "?limit=2");
        HttpResponse<String> unchanged = get(two, "application/json", "If-None-Match", tag);
        assertEquals(304, unchanged.statusCode());
        assertEquals("", unchanged.body());
        post("sse/" + topic, "{\"n\":6}");
        HttpResponse<String> changed = get(two, "application/json", "If-None-Match", tag);
        assertEquals(List.of(5, 6), numbers(changed));

        String last = read(changed).getString("lastEventId");
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/" + topic), "Last-Event-ID", last)) {
            post("sse/" + topic, "{\"n\":7}");
            assertEquals("{\"n\":7}", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json, text/plain, */*",
                "text/event-stream;q=0.5, application/json",
                "text/event-stream;q=0, application/json"
            })
    void prefersJson(String accept) throws Exception {
        for (String path : List.of("sse", "sse/test/pages/accept", "sse?topic=test/pages/accept")) {
            for (String method : List.of("GET", "HEAD")) {
                HttpResponse<String> response = send(method, base.resolve(path), accept);
                assertEquals(200, response.statusCode(), path);
                assertEquals(
                        "application/json",
                        response.headers().firstValue("Content-Type").orElse(""),
                        method + path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/event-stream",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json, text/event-stream",
                "application/json;q=0.5, */*",
                "application/json;q=0, */*"
            })
    void prefersAStream(String accept) throws Exception {
        for (String path : List.of("sse", "sse/test/pages/accept", "sse?topic=test/pages/accept")) {
            try (HttpEventStream stream = new HttpEventStream(base.resolve(path), "Accept", accept)) {
                assertEquals(
                        "text/event-stream",
                        stream.response().headers().firstValue("Content-Type").orElse(""));
            }
        }
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        assertRejected(410, get(base.resolve("sse/test/pages/x?after=%23other-1"), "application/json"));
        for (String query : List.of("limit=0", "limit=x", "last=5", "since=PT1M", "format=json", "afer=x")) {
            assertRejected(400, get(base.resolve("sse/test/pages/x?" + query), "application/json"));
        }
    }

    private HttpResponse<String> get(URI uri, String accept, String... headers) throws Exception {
        return send("GET", uri, accept, headers);
    }

    private HttpResponse<String> send(String method, URI uri, String accept, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(HttpEventStream.DEADLINE)
                .header("Accept", accept)
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<Integer> numbers(HttpResponse<String> page) {
        return read(page).getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getJsonObject("data").getInt("n"))
                .toList();
    }

    private static JsonObject read(HttpResponse<String> page) {
        try (JsonReader reader = Json.createReader(new StringReader(page.body()))) {
            return reader.readObject();
        }
    }
}
