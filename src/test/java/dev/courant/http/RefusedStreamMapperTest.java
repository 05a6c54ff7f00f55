package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.log.LogUnavailableException;
import dev.courant.support.InterfaceFake;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusedStreamMapperTest {

    private static final RefusedStreamException LIMIT = new RefusedStreamException(429, "Close streams.");

    @Test
    void sendsARetryTimeToABrowser() {
        Response response = map(LIMIT, Map.of("User-Agent", "Mozilla/5.0 (X11)"));

        assertEquals(200, response.getStatus());
        assertEquals("text/event-stream", response.getMediaType().toString());
        assertTrue(text(response).matches("retry: 1[0-9]{4}\n\n"), () -> text(response));
    }

    @Test
    void sendsARetryTimeToAnyPossibleEventSource() {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/event-stream"));
        assertEquals(200, map(LIMIT, headers).getStatus());
        headers.put("User-Agent", "node");
        assertEquals(200, map(LIMIT, headers).getStatus());
        headers.put("User-Agent", "Jersey/3.1");
        assertEquals(429, map(LIMIT, headers).getStatus(), "it obeys Retry-After");
    }

    @Test
    void sendsRetryAfterToOtherClients() {
        Response response = map(LIMIT, Map.of("User-Agent", "curl/8"));

        assertEquals(429, response.getStatus());
        int seconds = Integer.parseInt(response.getHeaderString("Retry-After"));
        assertTrue(seconds > 10 && seconds <= 20, () -> "after " + seconds);
        assertTrue(text(response).contains("Close streams."), () -> text(response));
    }

    @Test
    void reconnectsSoonerIfTheLogIsUnavailable() {
        RefusedStreamException refused = new RefusedStreamException(new LogUnavailableException("Kafka is down."));

        assertEquals("5", map(refused, Map.of("User-Agent", "curl/8")).getHeaderString("Retry-After"));
        String retry = text(map(refused, Map.of("User-Agent", "Mozilla/5.0")));
        assertTrue(retry.matches("retry: [5-9][0-9]{3}\n\n"), retry);
    }

    private static String text(Response response) {
        return String.valueOf(response.getEntity());
    }

    private static Response map(RefusedStreamException refused, Map<String, String> headers) {
        RefusedStreamMapper mapper = new RefusedStreamMapper();
        mapper.headers = InterfaceFake.create(HttpHeaders.class, (name, arguments) -> headers.get(arguments[0]));
        return mapper.toResponse(refused);
    }
}
