package dev.courant.it.sse;

import static dev.courant.support.HubClient.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.TestDeadline;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests requests that open no stream. */
class RefusedStreamIT extends DeployedTestCase {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void rejectsAnAddressWithTooManyStreams() throws Exception {
        String[] client = {"X-Forwarded-For", "203.0.113.7"}; // see arquillian.xml
        try (HttpEventStream one = new HttpEventStream(base.resolve("sse"), client)) {
            try (HttpEventStream two = new HttpEventStream(base.resolve("sse"), client);
                    HttpEventStream other =
                            new HttpEventStream(base.resolve("sse"), "X-Forwarded-For", "203.0.113.8")) {
                two.next("data");
                other.next("data");
                HttpResponse<String> refused = send("GET", "sse", client);
                assertEquals(503, refused.statusCode());
                assertTrue(Integer.parseInt(header(refused, "Retry-After")) > 10);
                assertEquals("application/problem+json", header(refused, "Content-Type"));

                HttpResponse<String> browser =
                        send("GET", "sse", "X-Forwarded-For", "203.0.113.7", "User-Agent", "Mozilla/5.0 (X11)");
                assertEquals(200, browser.statusCode());
                // RESTEasy adds a charset.
                assertTrue(header(browser, "Content-Type").startsWith("text/event-stream"));
                assertTrue(browser.body().matches("retry: [0-9]{5}\n\n"), browser::body);
            }
            one.next("data");
            awaitFreeStream(client);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, sse, application/xml, 406",
        "GET, sse, text/event-stream;q=0, 406",
        "GET, sse/topic, text/event-stream;q=0.0, 406",
        "GET, .well-known/mercure?match=a, text/event-stream;q=0, 406",
        "GET, sse, ;;;, 400",
        "GET, sse, text/event-stream;q=abc, 400",
        "DELETE, sse/topic, */*, 405",
        "DELETE, sse, */*, 405",
        "POST, index.html, */*, 405",
        "GET, no/such, */*, 404",
        "GET, error, */*, 404",
        "GET, webjars/no-such.js, */*, 404"
    })
    void rejectsWithAProblemDocument(String method, String path, String accept, int status) throws Exception {
        HttpResponse<String> response = send(method, path, "Accept", accept);
        assertEquals(status, response.statusCode());
        assertEquals("application/problem+json", header(response, "Content-Type"));
        assertTrue(response.body().contains("\"status\":" + status), response::body);
        assertEquals(status == 405, response.headers().firstValue("Allow").isPresent());
    }

    @Test
    void rejectsHeadWithTheHeadersOfAProblemDocument() throws Exception {
        HttpResponse<String> response = send("HEAD", "no/such");
        assertEquals(404, response.statusCode());
        assertEquals("application/problem+json", header(response, "Content-Type"));
    }

    /** Waits until the server has detected the disconnections and accepts a stream again. */
    private void awaitFreeStream(String... headers) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        int status = 0;
        while (status != 200 && System.nanoTime() < deadline) {
            try (HttpEventStream stream = new HttpEventStream(base.resolve("sse"), headers)) {
                status = stream.response().statusCode();
            }
        }
        assertEquals(200, status);
    }

    /** Returns the whole response, or fails at the deadline if it is a stream. */
    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }
}
