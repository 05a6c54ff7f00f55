package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.RawConnection;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests unusual and large headers and queries with the uber-jar. */
class HeaderIT {

    private static final String MATCHER = "match_urlpattern=";

    private static CourantProcess courant;

    @BeforeAll
    static void start() throws Exception {
        courant = CourantProcess.start(
                FreePorts.free(), List.of("-Dcourant.publish.anonymous=**", "-Dcourant.heartbeat=1s"));
    }

    @AfterAll
    static void stop() throws Exception {
        courant.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: city=São Paulo",
                "Referer: http://x.example/ü",
                "User-Agent: ☃",
                "X-City: Zürich",
                "X-Tab: a\tb"
            })
    void ignoresNonAsciiHeaders(String header) throws Exception {
        assertEquals(200, send("GET", "", header).status());
        assertEquals(201, send("POST", "sse/test/header", header).status());
        assertTrue(send("GET", "sse/test/header", header).isStream());
    }

    @Test
    void sendsAGapAfterANonAsciiLastEventId() throws Exception {
        try (RawConnection connection = new RawConnection(courant.uri())) {
            connection.send(request("GET", "sse/test/odd-id", "Last-Event-ID: ü☃😀"));
            byte[] start = connection.stream(connection.read(false)).readNBytes(100);
            assertTrue(new String(start, UTF_8).contains("event: gap"), new String(start, UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: a\0b", "X-A: a\1b", "Cookie: a=\7", "Referer: \u007F", "X-A: a\rX-B: b"})
    void rejectsAControlCharacterInAHeader(String header) throws Exception {
        RawConnection.RawResponse response = send("POST", "sse/test/control", header);
        assertEquals(400, response.status(), response::toString);
    }

    @Test
    void acceptsTheDocumentedNumberAndLengthOfMatchers() throws Exception {
        StringBuilder query = new StringBuilder(".well-known/mercure?");
        for (int i = 100; i < 200; i++) {
            query.append(MATCHER)
                    .append("%2F")
                    .append("%61".repeat(1020))
                    .append(i)
                    .append('&');
        }
        assertTrue(send("GET", query.toString(), "X-A: b").isStream());
    }

    @Test
    void rejectsAQueryThatIsTooLong() throws Exception {
        RawConnection.RawResponse response = send("GET", "sse?topic=" + "a".repeat(330_000), "X-A: b");
        assertEquals(414, response.status());
        assertEquals("application/problem+json", response.header("Content-Type"));
    }

    @Test
    void acceptsAHeaderOf9KilobytesAndRejectsOneOf40() throws Exception {
        assertEquals(
                201,
                send("POST", "sse/test/large", "Cookie: a=" + "b".repeat(9 << 10))
                        .status());
        RawConnection.RawResponse response = send("POST", "sse/test/large", "Cookie: a=" + "b".repeat(40 << 10));
        assertEquals(431, response.status());
        assertEquals("application/problem+json", response.header("Content-Type"));
    }

    @Test
    void streamsToABrowserWithANonAsciiCookie() throws Exception {
        Chromium.assumeInstalled();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.openTab(ColorScheme.LIGHT, 800);
            page.navigate(courant.uri().toString());
            page.evaluate("document.cookie = 'city=São Paulo'");
            assertEquals(200, page.reload().status());
            page.evaluate("() => { window.data = []; window.source = new EventSource('sse/test/cookie');"
                    + "source.onmessage = event => data.push(event.data); }");
            page.waitForFunction("() => source.readyState === 1");
            PublishLoop.post(HttpClient.newHttpClient(), courant.uri().resolve("sse/test/cookie"), "one");
            page.waitForFunction("() => data.includes('one')");
        }
    }

    @Test
    void keepsAServerPropertyThatIsSet() throws Exception {
        String strict = "-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=true";
        try (CourantProcess other = CourantProcess.start(FreePorts.free(), List.of(strict));
                RawConnection connection = new RawConnection(other.uri())) {
            connection.send(request("GET", "", "Cookie: city=São Paulo"));
            assertEquals(400, connection.read(false).status());
        }
    }

    private static RawConnection.RawResponse send(String method, String path, String header) throws Exception {
        try (RawConnection connection = new RawConnection(courant.uri())) {
            connection.send(request(method, path, header));
            return connection.read(false);
        }
    }

    private static byte[] request(String method, String path, String header) {
        String length = method.equals("POST") ? "Content-Length: 1\r\n\r\nx" : "\r\n";
        String bytes = new String(header.getBytes(UTF_8), ISO_8859_1);
        return (method + " /" + path + " HTTP/1.1\r\nHost: x\r\n" + bytes + "\r\n" + length).getBytes(ISO_8859_1);
    }
}
