package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.Payload;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one response, HTTP/1.1 and text/event-stream, as its bytes come in, wherever they are cut. Makes no garbage for
 * an event: its data is looked at where it lies, and copied only if it is cut in two. Not for several threads.
 */
final class StreamReader {

    /** Told of what was read. */
    interface Listener {

        /** The response has begun; anything but 200 is a refusal. */
        void opened(int status);

        void received(long sequence, long micros);

        /** An event that is not what was published to this topic, unaltered. */
        void foreign();

        void gap();
    }

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        PLAIN,
        OVER
    }

    private static final int MOST_HEAD = 1 << 16;

    private final Payload payload;
    private final Listener listener;

    private Part part = Part.HEAD;
    private int chunk; // what is left of it, or its size as far as it is read
    private boolean sizeRead;
    private byte[] kept = new byte[0]; // the head, or the line, as far as it is there
    private int keptLength;
    private boolean afterCr;
    private boolean data; // the event being read has some
    private boolean sound;
    private boolean gap;
    private long sequence;
    private long micros;

    /** @param payload may be shared by all the readers of a thread */
    StreamReader(Payload payload, Listener listener) {
        this.payload = payload;
        this.listener = listener;
    }

    /** Whether the response has come to its end. */
    boolean over() {
        return part == Part.OVER;
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
                case OVER -> at = to;
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
                listener.opened(head.matches("(?s)HTTP/1\\.1 \\d{3}.*") ? Integer.parseInt(head.substring(9, 12)) : 0);
                return at;
            }
            if (n > MOST_HEAD) {
                part = Part.OVER;
            }
        }
        return at;
    }

    private int chunkSize(byte[] bytes, int at) {
        byte b = bytes[at];
        int digit = Character.digit(b, 16);
        if (b == '\n') {
            part = chunk == 0 ? Part.OVER : Part.CHUNK;
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
                    afterCr = false; // the second half of a line's end
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
            sound = !data && payload.read(bytes, value, end); // ours are of one line
            data = true;
            if (sound) {
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
            listener.gap();
        } else if (data && sound) {
            listener.received(sequence, micros);
        } else if (data) {
            listener.foreign();
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
