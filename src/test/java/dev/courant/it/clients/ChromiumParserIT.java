package dev.courant.it.clients;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.event.LocalStreamServer;
import dev.courant.event.ReturnedEvents;
import dev.courant.event.SentEvents;
import dev.courant.support.Chromium;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the wire format with Chromium's EventSource, which delivers NUL, byte order marks and custom event types unchanged. */
class ChromiumParserIT {

    private static final long SEED = 2;
    private static final int EVENTS = 100_000;
    private static final int CHUNK_EVENTS = 10_000;

    private static final String COLLECT = """
            ([address, types]) => new Promise(done => {
              window.got = [];
              const stream = new EventSource(address);
              const take = event => {
                if ('data' in event) got.push([event.lastEventId, event.type, event.data]);
                else if (event.type === 'error') {
                  stream.close();
                  done();
                }
              };
              for (const type of types) stream.addEventListener(type, take);
            })""";

    @BeforeEach
    void assumeBrowser() {
        Chromium.assumeInstalled();
    }

    @Test
    @Timeout(600)
    void returnsThePublishedEvents() throws Exception {
        SentEvents sent = new SentEvents(SEED, EVENTS);
        ReturnedEvents returned = new ReturnedEvents(sent.due());
        try (LocalStreamServer server = new LocalStreamServer();
                Chromium chromium = Chromium.start()) {
            Page page = chromium.openTab(ColorScheme.LIGHT, 360);
            byte[] html = "<!doctype html><title>Parser</title>".getBytes(StandardCharsets.UTF_8);
            page.navigate(server.serve("/", "text/html", html).toString());
            URI stream = server.serve("/sse", "text/event-stream", sent.bytes());
            page.evaluate(COLLECT, List.of(stream.toString(), sent.types()));
            String json;
            do {
                json = (String) page.evaluate("n => JSON.stringify(got.splice(0, n))", CHUNK_EVENTS);
                returned.takeAll(json);
            } while (!json.equals("[]"));
        }
        returned.end();
    }
}
