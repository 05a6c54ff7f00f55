package dev.courant.it.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.BreakableProxy;
import dev.courant.support.CourantProcess;
import dev.courant.support.ExampleProcess;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the hook of npm's AI SDK with {@code examples/ai-chat}: its reader and its publisher lose their connections to Courant. */
@Timeout(600)
class AiSdkIT {

    private static final String QUESTION = "user: What is SSE?";

    @BeforeEach
    void assumeInstalled() {
        ForeignClients.assumeInstalled();
    }

    @Test
    void resumesAnAnswer() throws Exception {
        try (CourantProcess courant =
                        CourantProcess.start(FreePorts.free(), List.of("-Dcourant.publish.anonymous=answers/**"));
                BreakableProxy proxy = new BreakableProxy(courant.uri());
                ExampleProcess chat =
                        ExampleProcess.java("ai-chat/AiChat.java", proxy.uri(), proxy.uri(), FreePorts.free())) {
            Process node = ForeignClients.command("npm/use-chat.mjs", List.of(chat.awaitAddress()))
                    .start();
            try (BufferedReader states = node.inputReader(UTF_8)) {
                List<String> streaming = next(states);
                assertEquals(List.of("streaming", "", QUESTION), streaming.subList(0, 3));
                proxy.disconnect();
                proxy.reconnect();
                assertEquals(
                        List.of("error", "TypeError: terminated"), next(states).subList(0, 2));

                List<String> reloaded = next(states);
                assertEquals(List.of("ready", "", QUESTION), reloaded.subList(0, 3));
                assertTrue(reloaded.get(3).startsWith(streaming.get(3)), reloaded::toString);
                assertEquals(reloaded, next(states));
                assertEquals(reloaded, next(states));
                assertEquals(List.of("ready", "", "user: "), next(states));
            } finally {
                node.destroyForcibly();
            }
        }
    }

    private static List<String> next(BufferedReader states) throws IOException {
        try (JsonReader json = Json.createReader(new StringReader(states.readLine()))) {
            return json.readArray().getValuesAs(JsonString::getString);
        }
    }
}
