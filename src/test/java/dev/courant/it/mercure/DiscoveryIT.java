package dev.courant.it.mercure;

import static dev.courant.support.HubClient.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mercure, "Discovery", and CORS: how the application announces its hub, and the origins that can read it. */
class DiscoveryIT extends DeployedTestCase {

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "?topic=a"})
    void linksConfiguredHubUrlWhateverTheHost(String page) throws Exception {
        String answer = withHost("evil.example", base.getPath() + page);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.contains("\r\nLink: <" + TestTokens.AUDIENCE + ">; rel=\"mercure\"\r\n"), answer);
        assertFalse(answer.contains("evil.example"), answer);
    }

    @Test
    void describesHubToOAuthClients() throws Exception {
        HubClient client = new HubClient(base, null);
        HttpResponse<String> answer = client.send(
                "GET",
                base.resolve(".well-known/oauth-protected-resource/courant/.well-known/mercure"),
                "Origin",
                "https://page.example",
                "Accept",
                "text/event-stream");
        assertEquals(200, answer.statusCode());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "https://page.example",
                answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals(
                TestTokens.parse("{\"resource\":\"" + TestTokens.AUDIENCE + "\","
                        + "\"authorization_details_types_supported\":[\"https://mercure.rocks/authorization-detail\"],"
                        + "\"bearer_methods_supported\":[\"header\"],"
                        + "\"mercure_cookie\":\"__Secure-mercure_access_token\","
                        + "\"mercure_subscriptions\":true}"),
                TestTokens.parse(answer.body()));
        assertEquals(
                404,
                client.send("GET", base.resolve(".well-known/oauth-protected-resource/other"))
                        .statusCode());
    }

    @Test
    void allowsListedOriginsOnly() throws Exception {
        HubClient anyone = new HubClient(base, null);
        String[] asks = {"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization"};
        HttpResponse<String> listed = anyone.send("OPTIONS", anyone.hub, with(asks, "https://page.example"));
        assertEquals("https://page.example", header(listed, "Access-Control-Allow-Origin"));
        assertEquals("true", header(listed, "Access-Control-Allow-Credentials"));
        assertTrue(header(listed, "Access-Control-Allow-Methods").contains("POST"));
        assertTrue(header(listed, "Access-Control-Allow-Headers").contains("Authorization"));
        for (String origin : List.of("https://evil.example", "null", "https://page.example.evil.example")) {
            HttpResponse<String> other = anyone.send("OPTIONS", anyone.hub, with(asks, origin));
            assertEquals("", header(other, "Access-Control-Allow-Origin"));
        }
        try (HttpEventStream stream =
                anyone.subscribe(new String[] {"Origin", "https://page.example"}, "match", "urn:cors")) {
            String exposed = header(stream.response(), "Access-Control-Expose-Headers");
            assertEquals("https://page.example", header(stream.response(), "Access-Control-Allow-Origin"));
            assertTrue(exposed.contains("Link") && exposed.contains("Mercure-Last-Event-ID"), exposed);
        }
        try (HttpEventStream stream =
                anyone.subscribe(new String[] {"Origin", "https://evil.example"}, "match", "urn:a")) {
            assertEquals("", header(stream.response(), "Access-Control-Allow-Origin"));
        }
    }

    private static String[] with(String[] headers, String origin) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Origin";
        all[headers.length + 1] = origin;
        return all;
    }

    /** Sends a request with this {@code Host}, which the JDK's client does not permit. */
    private String withHost(String host, String path) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.setSoTimeout((int) HttpEventStream.DEADLINE.toMillis());
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
