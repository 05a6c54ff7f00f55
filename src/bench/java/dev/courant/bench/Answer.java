package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The answer to a publication, HTTP/1.1, as its bytes come in. Not for several threads. */
final class Answer {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";
    private static final String LAST = "\r\nconnection: close\r\n";

    private final StringBuilder text = new StringBuilder();
    private String head = "";

    /** Takes what has come, and answers whether it is whole with it. */
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

    /** Whether the event was stored. To be asked when it is whole, as all that follows. */
    boolean isSuccess() {
        return head.startsWith("http/1.1 2");
    }

    /** Whether nothing comes behind it. */
    boolean isLast() {
        return head.contains(LAST);
    }

    /** The offset at the end of the id that the event was given; -1 if there is none. */
    long offset() {
        String body = text.substring(text.indexOf(END_OF_HEAD));
        int dash = body.lastIndexOf('-');
        String offset = dash < 0 ? "" : body.substring(dash + 1).split("\r\n", 2)[0];
        return offset.matches("[0-9]{1,18}") ? Long.parseLong(offset) : -1;
    }

    /** Makes room for the next. */
    void clear() {
        text.setLength(0);
    }
}
