package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import dev.courant.support.TestTokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that paths which servers parse differently are rejected, so that no event reaches an unintended topic. */
class PathIT extends DeployedTestCase {

    private static final String TOKEN = TestTokens.create(List.of("subscribe", "publish"), "*");
    private static final String SERVER = System.getProperty("arquillian.launch");

    /** The paths that a server itself rejects, with a response of its own. */
    private static final Map<String, Pattern> REJECTED_BY_SERVER = Map.of(
            "openliberty",
            Pattern.compile("^;x|%2F|%(?![0-9A-Fa-f]{2})"),
            "wildfly",
            Pattern.compile("#|%(?![0-9A-Fa-f]{2})"));

    static Stream<String> paths() {
        return Stream.of(
                "sse/test/path/a;b",
                "sse/test/path;b/a",
                "sse/test/path/;",
                "sse/%2E./index.html",
                "sse;x/test/path/a",
                "sse%3Bx/test/path/a",
                "sse%2Fx/test/path/a",
                "s%73e/test/path/a",
                "./sse/test/path/a",
                ";x/sse/test/path/a",
                ".well-known/mercure;x",
                ".well-known;x/mercure",
                "ops/health/ready;x",
                "sse/test/path/100%",
                "sse/test/path/a%2",
                "sse/test/path/%zz",
                "sse/test/path/%;/a",
                "sse/test/path/a#b",
                "sse?topic=test/path/a#b",
                "%",
                "ops/health/ready%",
                ".well-known/mercure%");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void rejectsAmbiguousPaths(String path) throws Exception {
        String body = "topic=test/path/form&data=x";
        for (String method : List.of("GET", "HEAD", "POST")) {
            RawConnection.RawResponse response = send(method, path, method.equals("POST") ? body : "");
            assertRejected(method + " /" + path, path, response);
        }
    }

    @Test
    void publishesNothingWithARejectedPath() throws Exception {
        String all = "sse?topic=test/all/a&topic=test/all/a;b&topic=x/test/all/a&topic=a&topic=x/a&topic=test/all";
        try (HttpEventStream stream = new HttpEventStream(base.resolve(all))) {
            stream.next("retry");
            for (String path : List.of(
                    "sse/test/all/a;b",
                    "sse;x/test/all/a",
                    "sse%3Bx/test/all/a",
                    "s%73e/test/all/a",
                    "sse/test/all/a%")) {
                send("POST", path, "lost");
            }
            PublishLoop.post(HttpClient.newHttpClient(), base.resolve("sse/test/all/a"), "last");

            assertEquals("last", stream.next("data").get("data"));
        }
    }

    /** Tests HTTP/2, since Grizzly itself rejects such a path with HTTP/1.1 only. */
    @Test
    void rejectsInvalidUtf8OverHttp2() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build();
        for (String path : List.of("sse/test/path/%E8", "sse/test/path/%C0%AF", "sse/test/path/a%ED%A0%80b")) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .POST(BodyPublishers.ofString("x"))
                    .build();
            assertEquals(400, client.send(request, BodyHandlers.ofString()).statusCode(), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b:c", "x:y", "x:-1", "[::1"})
    void rejectsAMalformedHost(String host) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("POST " + base.getPath() + "sse/test/path/host HTTP/1.1\r\nHost: " + host
                            + "\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
                    .getBytes(ISO_8859_1));
            RawConnection.RawResponse response = connection.read(false);
            assertTrue(response == null || response.status() != 200, () -> response.head());
        }
    }

    @Test
    void rejectsASessionIdInThePath() throws Exception {
        int status = send("GET", "sse/test/path/a;jsessionid=1", "").status();
        assertEquals("openliberty".equals(SERVER) ? 200 : 400, status); // Open Liberty removes the session id
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse/..", "sse/%2e%2e"})
    void servesNoPageForDotSegments(String path) throws Exception {
        send("GET", "ops/health/live", ""); // the first request to a listener adds the filter
        int status = send("GET", path, "").status();
        assertTrue(status >= 300, path + ": " + status); // WildFly redirects to the root of the application
    }

    /** Grizzly's decoder appends a slash to such a path, which fails at some lengths. */
    @Test
    void respondsToFinalDotSegments() throws Exception {
        for (int length = 1; length < 30; length++) {
            String path = base.getPath() + "j".repeat(length) + "/..";
            try (RawConnection connection = new RawConnection(base)) {
                connection.send(
                        ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
                RawConnection.RawResponse response = connection.read(false);
                assertTrue(response.status() != 200 || !response.body().isEmpty(), () -> path + ": " + response);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x/y", "user@x", "\u00e9", "x\r\nHost: x", "x\r\nHost: y"})
    void rejectsOtherCharactersAndASecondHost(String host) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(
                    ("GET " + base.getPath() + "nope HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            RawConnection.RawResponse response = connection.read(false);
            assertTrue(response == null || response.status() == 400, () -> response.head());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Content-Length: 0\r\nTransfer-Encoding: gzip"
            })
    void doesNotParseABodyAsTheNextRequest(String header) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("GET " + base.getPath() + "nope HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\nGET "
                            + base.getPath() + "nope HTTP/1.1\r\nHost: x\r\n\r\n")
                    .getBytes(ISO_8859_1));
            RawConnection.RawResponse first = connection.read(false);
            assertTrue(first == null || first.status() != 404, () -> first.head());
            assertNull(connection.read(false));
        }
    }

    /** A server may process the bytes after a request that it has refused, although it has closed the connection. */
    @Test
    void publishesNothingFromTheBodyOfARefusedRequest() throws Exception {
        String smuggled = "POST " + base.getPath() + "sse/test/smuggled HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TOKEN + "\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nlost";
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse/test/smuggled"))) {
            stream.next("retry");
            for (String request : List.of(
                    "GET nope/",
                    "POST nope",
                    "TRACE nope",
                    "GET WEB-INF/",
                    "OPTIONS sse/test",
                    "POST sse/test/outer")) {
                for (String coding : List.of("gzip", "gzip, chunked", "identity")) {
                    try (RawConnection connection = new RawConnection(base)) {
                        connection.send((request.replace(" ", ' ' + base.getPath())
                                        + " HTTP/1.1\r\nHost: x\r\nOrigin: https://page.example\r\n"
                                        + "Access-Control-Request-Method: POST\r\nTransfer-Encoding: " + coding
                                        + "\r\n\r\n"
                                        + smuggled)
                                .getBytes(ISO_8859_1));
                        RawConnection.RawResponse first = connection.read(false);
                        assertTrue(first == null || first.status() >= 400, () -> request + coding + first.head());
                    }
                }
            }
            PublishLoop.post(HttpClient.newHttpClient(), base.resolve("sse/test/smuggled"), "last");
            assertEquals("last", stream.next("data").get("data"));
        }
    }

    @Test
    void publishesToATopicWithAnEscapedSemicolon() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse?topic=test/escaped/a;b"))) {
            stream.next("retry");
            assertEquals(201, send("POST", "sse/test/escaped/a%3Bb", "path").status());
            assertEquals("path", stream.next("data").get("data"));
            assertEquals(
                    201, send("POST", "sse?topic=test/escaped/a;b", "query").status());
            assertEquals("query", stream.next("data").get("data"));
        }
    }

    private static void assertRejected(String request, String path, RawConnection.RawResponse response) {
        boolean byServer = REJECTED_BY_SERVER.containsKey(SERVER)
                && REJECTED_BY_SERVER.get(SERVER).matcher(path).find();
        assertTrue(response.status() / 100 == 4, () -> request + ": " + response);
        if (!byServer) {
            assertEquals("application/problem+json", response.header("Content-Type"), () -> request + ": " + response);
        }
    }

    private RawConnection.RawResponse send(String method, String path, String body) throws IOException {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send((method + ' ' + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority()
                            + "\r\nAuthorization: Bearer " + TOKEN
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
                            + (method.equals("POST") ? "Content-Length: " + body.length() + "\r\n" : "") + "\r\n"
                            + body)
                    .getBytes(ISO_8859_1));
            return connection.read(method.equals("HEAD"));
        }
    }
}
