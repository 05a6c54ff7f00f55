package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.courant.it.journal.PublishLoop;
import dev.courant.support.RawConnection;
import dev.courant.support.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that every server sends the responses in {@code wire/exchanges.txt}, byte for byte. Writes the actual responses to
 * {@code target/wire} in the same format.
 */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
public class WireIT {

    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final Path RECORDING =
            Path.of(System.getProperty("courant.war")).resolveSibling("wire").resolve(SERVER + ".txt");

    private static final String KEY = UUID.randomUUID().toString();
    private static final String TOKEN = TestTokens.create(List.of("subscribe", "publish"), "*");
    private static final String PUBLISHED = "--- published to ";
    public static final List<String> PRODUCTS = List.of(
            "payara",
            "glassfish",
            "grizzly",
            "jersey",
            "tomcat",
            "wildfly",
            "jboss",
            "undertow",
            "resteasy",
            "liberty",
            "websphere",
            "weld");

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @ArquillianResource
    private URI base;

    @BeforeAll
    static void beginRecording() throws IOException {
        Files.createDirectories(RECORDING.getParent());
        Files.deleteIfExists(RECORDING);
    }

    static List<WireExchanges.Exchange> exchanges() {
        return WireExchanges.all();
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void respondsLikeAllServersByteForByte(WireExchanges.Exchange exchange) throws Exception {
        String path = base.getPath().replaceFirst("/$", "");
        Map<String, String> values = Map.of(
                "context",
                path,
                "host",
                base.getAuthority(),
                "token",
                TOKEN,
                "key",
                KEY,
                "large",
                "x".repeat((1 << 20) + 1));
        String response;
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(exchange.toBytes(values));
            response = readResponse(connection, exchange).replace(base.getAuthority(), "{host}");
        }
        if (!path.isEmpty()) {
            response = response.replace(path, "{context}");
        }
        Files.writeString(
                RECORDING,
                WireExchanges.format(exchange, response),
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        for (String product : PRODUCTS) {
            assertFalse(response.toLowerCase(Locale.ROOT).contains(product), response);
        }
        assertEquals(WireExchanges.expected(exchange, SERVER), response);
    }

    private String readResponse(RawConnection connection, WireExchanges.Exchange exchange) throws Exception {
        boolean isHead = exchange.request().startsWith("HEAD ");
        RawConnection.RawResponse response = connection.read(isHead);
        String head = WireText.head(response);
        if (isHead || !response.isStream()) {
            String body = WireText.body(response.body());
            return head + body + (body.isEmpty() ? "" : "\n");
        }
        return head + readStream(connection.stream(response), exchange.response());
    }

    /** Reads the expected number of blocks, and publishes each event after the blocks before it. */
    private String readStream(InputStream in, String expected) throws Exception {
        StringBuilder text = new StringBuilder();
        String[] parts = expected.substring(expected.indexOf("\n\n") + 2).split("(?m)^" + PUBLISHED, -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                String topic = parts[i].substring(0, parts[i].indexOf('\n'));
                text.append(PUBLISHED).append(topic).append('\n');
                PublishLoop.post(HttpClient.newHttpClient(), base.resolve("sse/" + topic), "{\"it\":\"is\"}");
            }
            text.append(readBlocks(in, parts[i].split("\n\n", -1).length - 1));
        }
        return text.toString();
    }

    /** Reads the blocks that arrive before the timeout. */
    private static String readBlocks(InputStream in, int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        try {
            while (text.split("\n\n", -1).length <= count) {
                int octet = in.read();
                if (octet < 0) {
                    return text + "(and the end)\n";
                }
                bytes.write(octet);
                text = WireText.body(bytes.toString(ISO_8859_1));
            }
        } catch (SocketTimeoutException late) {
            return text + "(and nothing more)\n";
        }
        return text;
    }
}
