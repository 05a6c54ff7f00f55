package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.settings.IpNetwork;
import dev.courant.stream.StreamExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamAdmissionTest {

    private final StreamAdmission admission =
            new StreamAdmission(5, 2, new ClientAddressResolver(List.of(IpNetwork.parse("127.0.0.1"))), () -> 0);

    @Test
    void limitsStreamsPerAddressUntilOneEnds() throws IOException {
        Runnable leave = admit("203.0.113.7");
        assertNotNull(admit("203.0.113.7"));
        assertNull(admit("203.0.113.7"));
        assertNotNull(admit("203.0.113.8"), "another address has its own limit");
        assertEquals(3, admission.count());

        leave.run();
        assertEquals(2, admission.count());
        assertNotNull(admit("203.0.113.7"));
        assertNull(admit("203.0.113.7"));
    }

    @Test
    void limitsStreamsInTotalEvenFromAProxyThatDoesNotNameClients() throws IOException {
        List<Runnable> in = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            in.add(admit("127.0.0.1"));
        }
        assertNull(admit("127.0.0.1"));
        assertNull(admit("203.0.113.7"));
        in.forEach(Runnable::run);
        assertEquals(0, admission.count());
        assertNotNull(admit("203.0.113.7"));
    }

    @Test
    void sendsARetryTimeToABrowser() throws IOException {
        fill();
        StreamExchange browser = new StreamExchange("203.0.113.7").with("User-Agent", "Mozilla/5.0 (X11)");
        assertNull(admission.admit(browser.request(), browser.response()));

        assertEquals(200, browser.status);
        assertEquals("text/event-stream", browser.answered.get("Content-Type"));
        assertTrue(browser.text().matches("retry: 1[0-9]{4}\n\n"), browser::text);
    }

    @Test
    void sendsARetryTimeToAnyPossibleEventSource() throws IOException {
        fill();
        StreamExchange node =
                new StreamExchange("203.0.113.7").with("User-Agent", "node").with("Accept", "text/event-stream");
        assertNull(admission.admit(node.request(), node.response()));
        assertEquals(200, node.status);
        assertTrue(node.text().startsWith("retry: "), node::text);

        StreamExchange unnamed = new StreamExchange("203.0.113.7").with("Accept", "text/event-stream");
        assertNull(admission.admit(unnamed.request(), unnamed.response()));
        assertEquals(200, unnamed.status);

        StreamExchange jersey = new StreamExchange("203.0.113.7")
                .with("User-Agent", "Jersey/3.1")
                .with("Accept", "text/event-stream");
        assertNull(admission.admit(jersey.request(), jersey.response()));
        assertEquals(503, jersey.status, "it obeys Retry-After");
    }

    @Test
    void sendsRetryAfterToOtherClients() throws IOException {
        fill();
        StreamExchange curl = new StreamExchange("203.0.113.7").with("User-Agent", "curl/8");
        assertNull(admission.admit(curl.request(), curl.response()));

        assertEquals(503, curl.status);
        int seconds = Integer.parseInt(curl.answered.get("Retry-After"));
        assertTrue(seconds > 10 && seconds <= 20, () -> "after " + seconds);
        assertTrue(curl.text().contains("courant.streams.max"), curl::text);
    }

    private void fill() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertNotNull(admit("127.0.0.1"));
        }
    }

    private Runnable admit(String address) throws IOException {
        StreamExchange exchange = new StreamExchange(address);
        return admission.admit(exchange.request(), exchange.response());
    }
}
