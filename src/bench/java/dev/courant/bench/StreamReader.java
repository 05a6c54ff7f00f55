package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.EventPayload;
import java.util.Arrays;
import java.util.Locale;

/**
 * A parser for one HTTP/1.1 response of the type text/event-stream, which accepts its bytes in any pieces. It allocates
 * nothing for an event, and copies data only if an event arrives in several pieces. Not thread-safe.
 */
final class StreamReader {

    /** The callbacks for the parts of the response. */
    interface EventHandler {

        /** Called after the head of the response; any status but 200 is a failure. */
        void onResponse(int status);

        void onEvent(long sequence, long micros);

        /** Called for an event that was altered or not published to this topic. */
        void onForeignEvent();

        void onGap();
    }

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        PLAIN,
        ENDED
    }

    private static final int MAX_HEAD_BYTES = 1 << 16;

    private final EventPayload payload;
    private final EventHandler handler;

    private Part part = Part.HEAD;
    private int chunk; // the unread bytes of the chunk, or its size while that is parsed
    private boolean sizeRead;
    private byte[] kept = new byte[0]; // the incomplete head or line
    private int keptLength;
    private boolean afterCr;
    private boolean data; // the current event has data
    private boolean valid;
    private boolean gap;
    private long sequence;
    private long micros;

    /** @param payload may be shared by all readers of a thread */
    StreamReader(EventPayload payload, EventHandler handler) {
        this.payload = payload;
        this.handler = handler;
    }

    /** Returns whether the response has ended. */
    boolean hasEnded() {
        return part == Part.ENDED;
    }

    void read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            switch (part) {
                case HEAD -> at = head(bytes, at, to);
                case CHUNK_SIZE -> at = chunkSize(bytes, at);
                case CHUNK -> {
                    int end = Math.min(to, at + chunk);
                    body(bytes, at, end);
                    chunk -= end - at;
                    at = end;
                    if (chunk == 0) {
                        part = Part.CHUNK_END;
                    }
                }
                case CHUNK_END -> {
                    if (bytes[at++] == '\n') {
                        part = Part.CHUNK_SIZE;
                        sizeRead = false;
                    }
                }
                case PLAIN -> {
                    body(bytes, at, to);
                    at = to;
                }
                case ENDED -> at = to;
            }
        }
    }

    private int head(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            keep(bytes, at, at + 1);
            at++;
            int n = keptLength;
            if (n >= 4 && kept[n - 1] == '\n' && kept[n - 2] == '\r' && kept[n - 3] == '\n') {
                String head = new String(kept, 0, n, ISO_8859_1);
                keptLength = 0;
                kept = new byte[0];
                part = head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")
                        ? Part.CHUNK_SIZE
                        : Part.PLAIN;
                handler.onResponse(
                        head.matches("(?s)HTTP/1\\.1 \\d{3}.*") ? Integer.parseInt(head.substring(9, 12)) : 0);
                return at;
            }
            if (n > MAX_HEAD_BYTES) {
                part = Part.ENDED;
            }
        }
        return at;
    }

    private int chunkSize(byte[] bytes, int at) {
        byte b = bytes[at];
        int digit = Character.digit(b, 16);
        if (b == '\n') {
            part = chunk == 0 ? Part.ENDED : Part.CHUNK;
        } else if (digit < 0) {
            sizeRead = true; // an extension, or the CR
        } else if (!sizeRead) {
            chunk = 16 * chunk + digit;
        }
        return at + 1;
    }

    private void body(byte[] bytes, int from, int to) {
        int start = from;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '\n' || b == '\r') {
                if (afterCr && b == '\n' && at == start && keptLength == 0) {
                    afterCr = false; // the LF of a CRLF
                } else {
                    afterCr = b == '\r';
                    endOfLine(bytes, start, at);
                }
                start = at + 1;
            } else {
                afterCr = false;
            }
        }
        if (start < to) {
            keep(bytes, start, to);
        }
    }

    private void endOfLine(byte[] bytes, int start, int end) {
        if (keptLength == 0) {
            line(bytes, start, end);
        } else {
            keep(bytes, start, end);
            int length = keptLength;
            keptLength = 0;
            line(kept, 0, length);
        }
    }

    private void line(byte[] bytes, int start, int end) {
        if (start == end) {
            dispatch();
        } else if (startsWith(bytes, start, end, DATA)) {
            int value = start + DATA.length;
            value += value < end && bytes[value] == ' ' ? 1 : 0;
            valid = !data && payload.read(bytes, value, end); // ours are of one line
            data = true;
            if (valid) {
                sequence = payload.sequence();
                micros = payload.micros();
            }
        } else if (startsWith(bytes, start, end, EVENT)) {
            String type = new String(bytes, start + EVENT.length, end - start - EVENT.length, ISO_8859_1);
            gap = type.strip().equals("gap");
        }
    }

    private void dispatch() {
        if (data && gap) {
            handler.onGap();
        } else if (data && valid) {
            handler.onEvent(sequence, micros);
        } else if (data) {
            handler.onForeignEvent();
        }
        data = false;
        gap = false;
    }

    private static final byte[] DATA = "data:".getBytes(ISO_8859_1);
    private static final byte[] EVENT = "event:".getBytes(ISO_8859_1);

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] field) {
        return end - start >= field.length && Arrays.equals(bytes, start, start + field.length, field, 0, field.length);
    }

    private void keep(byte[] bytes, int from, int to) {
        int needed = keptLength + to - from;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(needed, Math.max(64, 2 * kept.length)));
        }
        System.arraycopy(bytes, from, kept, keptLength, to - from);
        keptLength = needed;
    }
}
