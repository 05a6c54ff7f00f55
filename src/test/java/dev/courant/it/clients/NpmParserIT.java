package dev.courant.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.microsoft.playwright.impl.driver.Driver;
import dev.courant.event.LocalStreamServer;
import dev.courant.event.ReturnedEvents;
import dev.courant.event.SentEvents;
import jakarta.json.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the wire format with the npm client {@code eventsource} from its WebJar, in the Node.js of Playwright. */
class NpmParserIT {

    private static final long SEED = 3;
    private static final int EVENTS = 100_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void returnsThePublishedEvents() throws Exception {
        SentEvents sent = new SentEvents(SEED, EVENTS);
        ReturnedEvents returned = new ReturnedEvents(sent.due());
        Path types = directory.resolve("types.json");
        Files.writeString(types, Json.createArrayBuilder(sent.types()).build().toString());
        try (LocalStreamServer server = new LocalStreamServer()) {
            URI stream = server.serve("/sse", "text/event-stream", sent.bytes());
            Path parser = unpacked("/META-INF/resources/webjars/eventsource/2.0.2/lib/eventsource.js");
            Process node = new ProcessBuilder(
                            node(),
                            unpacked("/npm-parser.cjs").toString(),
                            parser.toString(),
                            stream.toString(),
                            types.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(returned::takeAll);
                assertEquals(0, node.waitFor());
            } finally {
                node.destroyForcibly();
            }
        }
        returned.end();
    }

    private static String node() {
        return Driver.ensureDriverInstalled(Map.of(), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }

    private Path unpacked(String resource) throws Exception {
        Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (InputStream in = NpmParserIT.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            Files.copy(in, file);
        }
        return file;
    }
}
