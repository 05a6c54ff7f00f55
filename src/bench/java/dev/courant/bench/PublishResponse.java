package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;

/** A parser for the HTTP/1.1 response to a publication, which accepts its bytes in any pieces. Not thread-safe. */
final class PublishResponse {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";
    private static final String CLOSE = "\r\nconnection: close\r\n";

    private final StringBuilder text = new StringBuilder();
    private String head = "";

    /** Adds received bytes, and returns whether the response is complete. */
    boolean read(ByteBuffer bytes) {
        text.append(ISO_8859_1.decode(bytes));
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return false;
        }
        int body = end + END_OF_HEAD.length();
        head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        if (head.contains(CHUNKED)) {
            return text.indexOf("\r\n0\r\n\r\n", end) >= 0;
        }
        int length = head.indexOf(LENGTH);
        return length < 0
                || text.length() - body
                        >= Integer.parseInt(head.substring(length + LENGTH.length(), head.indexOf('\r', length + 2))
                                .strip());
    }

    /** Returns whether the event was stored. Call it and the following methods on a complete response only. */
    boolean isSuccess() {
        return head.startsWith("http/1.1 2");
    }

    /** Returns whether the server closes the connection after this response. */
    boolean isLast() {
        return head.contains(CLOSE);
    }

    /** Returns the offset in the event's id, or -1 if the response contains no id. */
    long offset() {
        String body = text.substring(text.indexOf(END_OF_HEAD));
        int dash = body.lastIndexOf('-');
        String offset = dash < 0 ? "" : body.substring(dash + 1).split("\r\n", 2)[0];
        return offset.matches("[0-9]{1,18}") ? Long.parseLong(offset) : -1;
    }

    /** Clears the parser for the next response. */
    void clear() {
        text.setLength(0);
    }
}
