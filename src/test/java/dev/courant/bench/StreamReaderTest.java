package dev.courant.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.check.EventPayload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that the result does not depend on the pieces in which the bytes arrive. */
class StreamReaderTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String EVENTS = "retry: 1000\nid: #e-0\n\n" + "id: #e-1\ndata: " + payload("x", 1) + "\n\n"
            + ": a comment\n\nid: #e-2\nevent: message\ndata:" + payload("x", 2) + "\n\n" + "data: " + payload("y", 3)
            + "\n\n" + "event: gap\ndata: {\"requested\":\"#e-9\"}\n\n" + ":\n" + "data: " + payload("x", 4) + "\n\n"
            + "data: " + payload("x", 5) + "\ndata: more\n\n" + "data: cut off";
    private static final List<String> TOLD =
            List.of("opened 200", "1 at 11", "2 at 12", "foreign", "gap", "4 at 14", "foreign");

    @Test
    void readsAPlainBodyCutAnywhere() {
        assertCallbacks(HEAD + "Connection: close\r\n\r\n" + EVENTS, TOLD);
    }

    @Test
    void readsChunksCutAnywhere() {
        assertCallbacks(CHUNKED + chunks(EVENTS, 1) + "0\r\n\r\n", TOLD);
        assertCallbacks(CHUNKED + chunks(EVENTS, 17), TOLD);
        assertCallbacks(CHUNKED + chunks(EVENTS, 1000) + "0\r\n\r\n", TOLD);
    }

    @Test
    void readsChunksWithExtensions() {
        assertCallbacks(CHUNKED + chunks(EVENTS, 200).replaceFirst("c8\r\n", "C8;a=b\r\n"), TOLD);
    }

    @Test
    void readsLinesThatEndInCarriageReturns() {
        assertCallbacks(CHUNKED + chunks(EVENTS.replace("\n", "\r\n"), 30), TOLD);
        assertCallbacks(CHUNKED + chunks(EVENTS.replace("\n", "\r"), 30), TOLD);
    }

    @Test
    void returnsTheStatusOfAFailure() {
        assertCallbacks("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nBusy", List.of("opened 503"));
    }

    private static void assertCallbacks(String response, List<String> callbacks) {
        byte[] bytes = response.getBytes(US_ASCII);
        assertEquals(callbacks, read(bytes, bytes.length));
        assertEquals(callbacks, read(bytes, 1));
        for (int cut = 1; cut < bytes.length; cut++) {
            assertEquals(callbacks, read(bytes, cut), "cut at " + cut);
        }
    }

    /** Reads the response in pieces of this number of bytes. */
    private static List<String> read(byte[] bytes, int piece) {
        CallbackRecorder callbacks = new CallbackRecorder(new ArrayList<>());
        StreamReader reader = new StreamReader(new EventPayload("x"), callbacks);
        for (int from = 0; from < bytes.length; from += piece) {
            reader.read(bytes, from, Math.min(bytes.length, from + piece));
        }
        return callbacks.lines();
    }

    private static String chunks(String text, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < text.length(); from += size) {
            String chunk = text.substring(from, Math.min(text.length(), from + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.toString();
    }

    private static String payload(String topic, int sequence) {
        byte[] bytes = new byte[EventPayload.MIN_BYTES];
        new EventPayload(topic).write(bytes, 0, sequence, 10 + sequence);
        return new String(bytes, US_ASCII);
    }

    private record CallbackRecorder(List<String> lines) implements StreamReader.EventHandler {

        @Override
        public void onResponse(int status) {
            lines.add("opened " + status);
        }

        @Override
        public void onEvent(long sequence, long micros) {
            lines.add(sequence + " at " + micros);
        }

        @Override
        public void onForeignEvent() {
            lines.add("foreign");
        }

        @Override
        public void onGap() {
            lines.add("gap");
        }
    }
}
