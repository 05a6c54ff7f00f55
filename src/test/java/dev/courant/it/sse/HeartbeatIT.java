package dev.courant.it.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Tests that every server sends heartbeats on a quiet stream without delay. */
class HeartbeatIT extends DeployedTestCase {

    private static final int BEATS = 3;

    @Test
    void sendsACommentOnAQuietStream() throws Exception {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(("GET " + base.getPath()
                            + "sse/test/quiet HTTP/1.1\r\nHost: courant\r\nCache-Control: no-cache\r\n\r\n")
                    .getBytes(UTF_8));
            InputStream body = connection.stream(connection.read(false));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long beats = 0;
            while (beats < BEATS) {
                int octet = body.read();
                assertTrue(octet >= 0, "the stream ended: " + bytes);
                bytes.write(octet);
                beats = bytes.toString(UTF_8).lines().filter(": "::equals).count();
            }
            assertTrue(
                    bytes.toString(UTF_8).matches("retry: [0-9]+\nid: .+\n\n(: \n(id: .+\n\n)?)*: \n?"),
                    bytes::toString);
        }
    }
}
