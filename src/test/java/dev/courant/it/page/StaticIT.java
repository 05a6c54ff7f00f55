package dev.courant.it.page;

import static dev.courant.support.HubClient.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.it.server.WireIT;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the page and all files that it loads, at any context path, and paths that only look like files. */
class StaticIT extends DeployedTestCase {

    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg\\+xml");

    /** A reference of the page, or an import of one of its scripts. */
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"([^\"#:]+\\.[a-z]+)\"|from '([^']+)'");

    /** The paths to which a server responds with its own page, without calling the application. */
    private static final Map<String, Pattern> SERVER_PATHS = Map.of(
            "wildfly", Pattern.compile("(?i)(WEB|%57EB|META)-INF"),
            "openliberty", Pattern.compile("^;x/$"));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void servesThePageAndAllFilesThatItReferences() throws Exception {
        Map<URI, HttpResponse<String>> files = filesFrom(base);

        assertTrue(files.containsKey(base.resolve("js/stream.js")), "found " + files.keySet());
        assertTrue(files.keySet().stream().anyMatch(file -> file.getPath().contains("/webjars/uplot/")));
        for (Map.Entry<URI, HttpResponse<String>> file : files.entrySet()) {
            HttpResponse<String> response = file.getValue();
            HttpResponse<String> head = send("HEAD", file.getKey());
            String name = file.getKey().getPath().replaceFirst(".*[.](?=[a-z]+$)|.*(?=/$)", "");
            String type = header(response, "Content-Type").toLowerCase(Locale.ROOT);
            assertAll(
                    file.getKey().toString(),
                    () -> assertEquals(200, response.statusCode()),
                    () -> assertTrue(type.matches(TYPES.get(name) + "(; ?charset=utf-8)?"), type),
                    () -> assertEquals(200, head.statusCode()),
                    () -> assertEquals(header(response, "Content-Type"), header(head, "Content-Type")),
                    () -> assertEquals("", head.body()),
                    () -> assertEquals(
                            file.getKey().getPath().contains("/webjars/"),
                            header(response, "Cache-Control").endsWith("immutable")),
                    () -> assertEquals(304, revalidate(file.getKey(), response).statusCode()));
        }
    }

    @Test
    void listsTheMethodsOfFiles() throws Exception {
        HttpResponse<String> options = send("OPTIONS", base.resolve("style.css"));
        assertEquals(204, options.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(options, "Allow"));
        assertEquals(header(options, "Allow"), header(send("PUT", base.resolve("style.css")), "Allow"));
    }

    /** The response is a file of the application, a redirect or a problem document, but never a page of the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "js",
                "js/",
                "webjars/",
                "webjars/uplot/",
                "js/..",
                "js/.",
                "js/../style.css",
                "js/%2e%2e/style.css",
                "js/%2E%2E/no-such.css",
                "%2e/style.css",
                "style.css/",
                "index.html/",
                "style.css;x",
                "style.css;x=1/",
                "js;x/main.js",
                ";x/",
                "no-such.html",
                "no;x/such",
                "WEB-INF/web.xml",
                "WEB-INF/",
                "web-inf/web.xml",
                "WEB-INF;x/web.xml",
                "js/../WEB-INF/web.xml",
                "js/%2e%2e/WEB-INF/web.xml",
                "%57EB-INF/web.xml",
                "META-INF/MANIFEST.MF"
            })
    void neverSendsAPageOfTheServer(String path) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("GET " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n")
                    .getBytes(US_ASCII));
            RawConnection.RawResponse answer = connection.read(false);
            String body = answer.body().toLowerCase(Locale.ROOT);
            assertTrue(WireIT.PRODUCTS.stream().noneMatch(body::contains), answer::toString);
            if (answer.status() == 200) {
                assertTrue(readFiles().contains(answer.body()), answer::toString);
            } else if (answer.status() / 100 == 3) {
                // Some servers redirect before they call a filter. Their body may only contain the location.
                URI location = base.resolve(String.valueOf(answer.header("Location")));
                assertTrue(location.getPath().startsWith(base.getPath()), answer::toString);
                assertTrue(answer.body().length() < 300, answer::toString);
            } else {
                Pattern serverPaths = SERVER_PATHS.get(System.getProperty("arquillian.launch"));
                boolean isServerPath =
                        serverPaths != null && serverPaths.matcher(path).find();
                assertTrue(answer.status() == 404 || answer.status() == 400, answer::toString);
                assertEquals(
                        isServerPath ? "text/html" : "application/problem+json",
                        answer.header("Content-Type"),
                        answer::toString);
                assertTrue(isServerPath || "nosniff".equals(answer.header("X-Content-Type-Options")), answer::toString);
            }
        }
    }

    /** Guards against redirects to the host that the request names, which could belong to an attacker. */
    @ParameterizedTest
    @ValueSource(strings = {"js", "webjars", "webjars/uplot", "WEB-INF", "META-INF", ".well-known", "sse", "ops"})
    void doesNotRedirectToTheHostOfTheRequest(String directory) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("HEAD " + base.getPath() + directory + " HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                    .getBytes(US_ASCII));
            RawConnection.RawResponse answer = connection.read(true);
            assertFalse(answer.head().contains("evil.example"), answer::head);
        }
    }

    /** Returns some files of the application, with each byte as a character. */
    private List<String> readFiles() throws Exception {
        List<String> files = new ArrayList<>();
        for (String file : new String[] {"", "style.css", "js/main.js"}) {
            String text = send("GET", base.resolve(file)).body();
            files.add(new String(text.getBytes(UTF_8), ISO_8859_1));
        }
        return files;
    }

    private Map<URI, HttpResponse<String>> filesFrom(URI page) throws Exception {
        Map<URI, HttpResponse<String>> files = new LinkedHashMap<>();
        Deque<URI> todo = new ArrayDeque<>();
        todo.add(page);
        for (URI next = todo.poll(); next != null; next = todo.poll()) {
            if (!files.containsKey(next)) {
                HttpResponse<String> response = send("GET", next);
                files.put(next, response);
                Matcher named = NAMED.matcher(response.body());
                while (named.find()) {
                    todo.add(next.resolve(named.group(1) == null ? named.group(2) : named.group(1)));
                }
            }
        }
        return files;
    }

    /** Requests a file again, like a browser that has cached it. */
    private HttpResponse<String> revalidate(URI file, HttpResponse<String> cached) throws Exception {
        String tag = header(cached, "ETag");
        String time = header(cached, "Last-Modified");
        assertFalse(tag.isEmpty() && time.isEmpty(), "the file cannot be revalidated");
        return tag.isEmpty() ? send("GET", file, "If-Modified-Since", time) : send("GET", file, "If-None-Match", tag);
    }

    private HttpResponse<String> send(String method, URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(HttpEventStream.DEADLINE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
