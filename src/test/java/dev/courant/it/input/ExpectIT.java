package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.RawConnection;
import dev.courant.support.TestTokens;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests publications with {@code Expect: 100-continue} (RFC 9110, section 10.1.1). */
class ExpectIT extends DeployedTestCase {

    private static final String TOKEN = TestTokens.create(List.of("publish"), "*");

    @ParameterizedTest
    @CsvSource({
        "sse/test/expect, Transfer-Encoding: chunked, 201",
        "sse/test/expect, Content-Length: 17, 201",
        ".well-known/mercure, Transfer-Encoding: chunked, 200"
    })
    void sendsContinueBeforeTheBody(String path, String framing, int status) throws Exception {
        String form = "topic=a&data=some";
        String body = framing.endsWith("chunked") ? "11\r\n" + form + "\r\n0\r\n\r\n" : form;
        try (RawConnection connection = new RawConnection(base)) {
            // The first request to a listener adds the filter.
            connection.send(head("GET", "ops/health/live", "X-A: b"));
            assertEquals(200, connection.read(false).status());
            for (int i = 0; i < 2; i++) {
                connection.send(head("POST", path, "Expect: 100-continue\r\n" + framing));
                String interim = connection.readHead(); // Open Liberty adds headers
                assertTrue(interim.startsWith("HTTP/1.1 100 Continue\r\n"), interim);

                connection.send(body.getBytes(US_ASCII));
                assertEquals(status, connection.read(false).status());
            }
        }
    }

    private byte[] head(String method, String path, String headers) {
        return (method + ' ' + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nAuthorization: Bearer " + TOKEN
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n" + headers + "\r\n\r\n")
                .getBytes(US_ASCII);
    }
}
