package dev.courant.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.TestDeadline;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.plugins.providers.sse.client.SseEventSourceImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests third-party clients with their default settings, as docs/clients.md lists them. */
class ClientsIT {

    private static CourantProcess courant;

    private final HttpClient publisher = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        // A stream ends after 1 to 2 seconds, and its client reconnects after 3 to 6.
        courant = CourantProcess.start(
                FreePorts.free(),
                List.of("-Dcourant.publish.anonymous=test/**", "-Dcourant.heartbeat=200ms", "-Dcourant.retry=3s"));
    }

    @AfterAll
    static void stop() throws Exception {
        courant.close();
    }

    /** Tests with {@code no-cache}, which the JDK sends after Arquillian has changed its defaults. */
    @Test
    void jerseysEventSourceReceivesEventsOnly() throws Exception {
        boolean before = URLConnection.getDefaultUseCaches("http");
        URLConnection.setDefaultUseCaches("http", false);
        try {
            assertReceivesEventsOnly(
                    "jersey",
                    ClientBuilder.newClient(),
                    target -> SseEventSource.target(target).build());
        } finally {
            URLConnection.setDefaultUseCaches("http", before);
        }
    }

    @Test
    void resteasysEventSourceReceivesEventsOnly() throws Exception {
        assertReceivesEventsOnly("resteasy", new ResteasyClientBuilderImpl().build(), target -> {
            SseEventSourceImpl.SourceBuilder builder = new SseEventSourceImpl.SourceBuilder();
            builder.target(target);
            return builder.build();
        });
    }

    /** Asserts that comments and heartbeats are not reported as events and do not remove the id of an event. */
    private void assertReceivesEventsOnly(String name, Client client, Function<WebTarget, SseEventSource> open)
            throws Exception {
        URI topic = courant.uri().resolve("sse/test/" + name);
        BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
        String first = publish(topic, "{\"n\":1}");
        try (HttpEventStream heartbeats = new HttpEventStream(topic);
                SseEventSource source = open.apply(client.target(topic).queryParam("lastEventId", "earliest"))) {
            source.register(event -> received.add(List.of(String.valueOf(event.getId()), event.readData())));
            source.open();
            assertEquals(List.of(first, "{\"n\":1}"), received.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
            for (int n = 2; n < 6; n++) {
                heartbeats.next(""); // an odd number of them, then an even one
                String id = publish(topic, "{\"n\":" + n + "}");
                assertEquals(List.of(id, "{\"n\":" + n + "}"), received.poll(TestDeadline.SECONDS, TimeUnit.SECONDS));
                heartbeats.next("data");
            }
        } finally {
            client.close();
        }
    }

    @Test
    void aBrowserResumesAfterADisconnectionBeforeItsFirstEvent() throws Exception {
        Chromium.assumeInstalled();
        try (Chromium chromium = Chromium.start();
                CourantProcess courantWithLifetime = CourantProcess.start(
                        FreePorts.free(),
                        List.of(
                                "-Dcourant.publish.anonymous=test/**",
                                "-Dcourant.lifetime=2s",
                                "-Dcourant.retry=3s"))) {
            Page page = chromium.openTab(ColorScheme.LIGHT, 1280);
            page.navigate(courantWithLifetime.uri().resolve("?topic=other").toString());
            page.evaluate("""
                    window.got = [];
                    window.cut = false;
                    window.mine = new EventSource('sse/test/cut');
                    mine.onmessage = event => got.push([event.lastEventId, event.data]);
                    mine.onerror = () => window.cut = true;
                    null""");
            page.waitForFunction("() => cut");
            String id = publish(courantWithLifetime.uri().resolve("sse/test/cut"), "missed");
            page.waitForFunction("() => got.length > 0");
            assertEquals(List.of(List.of(id, "missed")), page.evaluate("got"));
        }
    }

    private String publish(URI topic, String data) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(topic)
                .POST(BodyPublishers.ofString(data))
                .build();
        return publisher.send(request, BodyHandlers.ofString()).body();
    }
}
