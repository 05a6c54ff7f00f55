package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests that clients that disconnect before their response, and malformed requests, do not fill the log. Each kind has one
 * message a minute, however slow the machine is; without a limit, a single kind has as many as there are clients.
 */
class ClientLogIT {

    private static final int CLIENTS = 200;

    @Test
    void disconnectionsDoNotFillTheLog() throws Exception {
        try (CourantProcess courant =
                CourantProcess.start(FreePorts.free(), List.of("-Dcourant.publish.anonymous=test/**"))) {
            int before = courant.output().size();
            for (int i = 0; i < CLIENTS; i++) {
                disconnect(courant.uri(), "GET /nope HTTP/1.1\r\nHost: x\r\n\r\n");
                disconnect(courant.uri(), "GET /js/main.js HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3));
                disconnect(courant.uri(), "POST /sse/test/a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
            }
            disconnect(courant.uri(), "GET /nope HTTP/1.1\r\nHost: x\r\n\r\n".repeat(CLIENTS));
            disconnect(
                    courant.uri(),
                    "POST /sse/test/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na".repeat(CLIENTS));
            try (RawConnection probe = new RawConnection(courant.uri())) {
                probe.send("GET /ops/health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
                assertEquals(200, probe.read(false).status());
            }
            courant.stop(); // waits for all requests

            List<String> lines =
                    courant.output().subList(before, courant.output().size());
            assertEquals(
                    List.of(),
                    lines.stream().filter(line -> line.startsWith("\tat ")).toList());
            assertTrue(lines.size() < CLIENTS, () -> String.join("\n", lines));
        }
    }

    @Test
    void malformedRequestsDoNotFillTheLog() throws Exception {
        String chunk = "POST /sse/test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n";
        String extension = chunk.replace("zz", "1;a=b");
        String length =
                "POST /sse/test/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                        + "0\r\n\r\n";
        String upgrade = "GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: !!!\r\n\r\n";
        try (CourantProcess courant =
                CourantProcess.start(FreePorts.free(), List.of("-Dcourant.publish.anonymous=test/**"))) {
            int before = courant.output().size();
            for (int i = 0; i < CLIENTS; i++) {
                for (String request :
                        List.of("GET /nope HTTP/1.1\r\nHost: a:b:c\r\n\r\n", chunk, extension, length, upgrade)) {
                    try (RawConnection connection = new RawConnection(courant.uri())) {
                        connection.send(request.getBytes(US_ASCII));
                        connection.endRequests();
                        connection.read(false);
                    } catch (SocketException closed) {
                        // The server has already closed the connection.
                    }
                }
            }
            courant.stop();

            List<String> lines =
                    courant.output().subList(before, courant.output().size());
            long failures = lines.stream()
                    .filter(line -> line.matches(".*(SEVERE|WARNING).*"))
                    .count();
            assertTrue(failures < CLIENTS, () -> String.join("\n", lines));
            assertEquals(
                    List.of(),
                    lines.stream()
                            .filter(line -> line.contains("parseHttpChunk"))
                            .toList());
        }
    }

    /** Sends a request and resets the connection. */
    private static void disconnect(URI server, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
        } catch (SocketException closed) {
            return; // the server has already closed the connection
        }
    }
}
