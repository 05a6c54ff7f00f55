package dev.courant.it.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.server.WireIT;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import java.io.File;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The page and all that it loads, under whatever path the application has; and addresses that only look like files. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StaticIT {

    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg\\+xml");

    /** Of the page, and of the modules of its script. */
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"([^\"#:]+\\.[a-z]+)\"|from '([^']+)'");

    /** What a server answers before the application is asked, and so by a page of its own. */
    private static final Map<String, Pattern> BEFORE = Map.of(
            "wildfly", Pattern.compile("(?i)(WEB|%57EB|META)-INF"),
            "openliberty", Pattern.compile("^;x/$"));

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @ArquillianResource
    private URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void servesThePageAndAllThatItNames() throws Exception {
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
                    () -> assertEquals(304, again(file.getKey(), response).statusCode()));
        }
    }

    /** Whatever they are: a file of ours, a redirection, or nothing; never what a server has to say. */
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
    void answersWithNoPageOfTheServersOwn(String path) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("GET " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n")
                    .getBytes(US_ASCII));
            RawConnection.RawResponse answer = connection.read(false);
            String body = answer.body().toLowerCase(Locale.ROOT);
            assertTrue(WireIT.PRODUCTS.stream().noneMatch(body::contains), answer::toString);
            if (answer.status() == 200) {
                assertTrue(ours().contains(answer.body()), answer::toString);
            } else if (answer.status() / 100 == 3) {
                // By some servers before any filter is asked; with a body that says where to, and no more.
                URI location = base.resolve(String.valueOf(answer.header("Location")));
                assertTrue(location.getPath().startsWith(base.getPath()), answer::toString);
                assertTrue(answer.body().length() < 300, answer::toString);
            } else {
                Pattern before = BEFORE.get(System.getProperty("arquillian.launch"));
                boolean own = before != null && before.matcher(path).find();
                assertTrue(answer.status() == 404 || answer.status() == 400, answer::toString);
                assertEquals(
                        own ? "text/html" : "application/problem+json",
                        answer.header("Content-Type"),
                        answer::toString);
            }
        }
    }

    /** A redirect to the host that a request names would lead whoever follows it elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"js", "webjars", "webjars/uplot", "WEB-INF", "META-INF", ".well-known", "sse", "ops"})
    void redirectsNobodyToTheHostOfTheRequest(String directory) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("HEAD " + base.getPath() + directory + " HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                    .getBytes(US_ASCII));
            RawConnection.RawResponse answer = connection.read(true);
            assertFalse(answer.head().contains("evil.example"), answer::head);
        }
    }

    /** What may be there, octet by octet. */
    private List<String> ours() throws Exception {
        List<String> ours = new ArrayList<>();
        for (String file : new String[] {"", "style.css", "js/main.js"}) {
            String text = send("GET", base.resolve(file)).body();
            ours.add(new String(text.getBytes(UTF_8), ISO_8859_1));
        }
        return ours;
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

    /** As a browser does that has it. */
    private HttpResponse<String> again(URI file, HttpResponse<String> had) throws Exception {
        String tag = header(had, "ETag");
        String time = header(had, "Last-Modified");
        assertFalse(tag.isEmpty() && time.isEmpty(), "it cannot be asked for whether it has changed");
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

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
