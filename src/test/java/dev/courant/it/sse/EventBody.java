package dev.courant.it.sse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.support.RawConnection;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;

/** A request whose chunked body is sent part by part. */
final class EventBody implements AutoCloseable {

    private final RawConnection connection;

    EventBody(URI target, String method, String... headers) throws IOException {
        connection = new RawConnection(target);
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        StringBuilder head = new StringBuilder(method + " " + target.getRawPath() + query + " HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        connection.send(
                head.append("Transfer-Encoding: chunked\r\n\r\n").toString().getBytes(ISO_8859_1));
    }

    /** Sends a part as one chunk. */
    EventBody send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    EventBody send(byte[] part) throws IOException {
        byte[] size = (Integer.toHexString(part.length) + "\r\n").getBytes(ISO_8859_1);
        byte[] chunk = new byte[size.length + part.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(part, 0, chunk, size.length, part.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        connection.send(chunk);
        return this;
    }

    /** Ends the body and returns the response. */
    Response end() throws IOException {
        connection.send("0\r\n\r\n".getBytes(ISO_8859_1));
        return response();
    }

    boolean hasResponse() throws IOException {
        return connection.hasUnreadData();
    }

    Response response() throws IOException {
        RawConnection.RawResponse response = connection.read(false);
        if (response == null) {
            throw new IOException("The server has closed the connection without a response");
        }
        return new Response(
                response, Json.createReader(new StringReader(response.body())).readObject());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    record Response(RawConnection.RawResponse http, JsonObject json) {

        int status() {
            return http.status();
        }

        int stored() {
            return json.getInt("stored");
        }

        String lastId() {
            return json.getString("lastId");
        }
    }
}
