package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.RawConnection;
import dev.courant.support.RawConnection.RawResponse;
import dev.courant.support.TestTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the responses to bodies that are too large or have malformed chunks. */
class BodyFramingIT extends DeployedTestCase {

    private static final String TOKEN = TestTokens.create(List.of("publish"), "*");

    /** Adds the filter of Payara and GlassFish, which the first request to a listener adds. */
    @BeforeEach
    void sendFirstRequest() throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(
                    ("GET " + base.getPath() + "ops/health/live HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
            assertEquals(200, connection.read(false).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse/test/large", ".well-known/mercure"})
    void refusesALargeBodyBeforeItsFirstByte(String path) throws Exception {
        RawResponse response = publish(path, "Content-Length: 5000000", "");
        assertNotNull(response);
        assertEquals(413, response.status());
    }

    /** WildFly closes the connection without a response. */
    @Test
    void refusesAMalformedChunk() throws Exception {
        RawResponse response = publish("sse/test/chunks", "Transfer-Encoding: chunked", "1\r\nx\r\nzz\r\n");
        assertTrue(response == null || response.status() == 400, () -> response.head());
    }

    private @Nullable RawResponse publish(String path, String framing, String body) throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("POST " + base.getPath() + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\n" + framing + "\r\n\r\n" + body)
                    .getBytes(US_ASCII));
            return connection.read(false);
        }
    }
}
