package dev.courant.it.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.TestDeadline;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The limit {@code courant.patterns.max-per-address}, which is 150 in these tests. */
class MercurePatternLimitIT extends DeployedTestCase {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<InputStream> open = new ArrayList<>();

    @Test
    void rejectsStreamUntilItsAddressHasFewerPatterns() throws Exception {
        try {
            assertEquals(200, open(patterns(1), "curl/8").statusCode());
            HttpResponse<InputStream> refused = open(patterns(2), "curl/8");
            assertEquals(429, refused.statusCode());
            assertEquals(
                    "application/problem+json",
                    refused.headers().firstValue("Content-Type").orElse(""));
            long seconds = refused.headers().firstValueAsLong("Retry-After").orElse(0);
            assertTrue(seconds > 10 && seconds <= 20, () -> "after " + seconds);
            String problem = new String(refused.body().readAllBytes());
            assertTrue(problem.contains("too many patterns"), problem);

            HttpResponse<InputStream> browser = open(patterns(2), "Mozilla/5.0 (X11)");
            assertEquals(200, browser.statusCode());
            String body = new String(browser.body().readAllBytes());
            assertTrue(body.matches("retry: 1[0-9]{4}\n\n"), body);
            assertEquals(200, open("match=/limit/exact", "curl/8").statusCode(), "exact topics do not count");
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
        long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
        while (open(patterns(2), "curl/8").statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "a stream that ends frees its patterns");
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        open.get(open.size() - 1).close();
    }

    private static String patterns(int stream) {
        return IntStream.range(0, 100)
                .mapToObj(n -> "match_urlpattern=/limit/" + stream + "/" + n + "/:a")
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<InputStream> open(String query, String agent) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(".well-known/mercure?" + query))
                .header("Accept", "text/event-stream")
                .header("User-Agent", agent)
                .header("X-Forwarded-For", "203.0.113.77")
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        open.add(response.body());
        return response;
    }
}
