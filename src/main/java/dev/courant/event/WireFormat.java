package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HexFormat;

/**
 * The encoding of {@code text/event-stream}: WHATWG HTML, section 9.2. Every line ends in LF. A blank line ends a
 * block, which clients report as an event if it has data.
 */
public final class WireFormat {

    private WireFormat() {}

    /**
     * Returns a comment that keeps proxies from closing a quiet stream and detects dead connections. It has no blank
     * line after it: several clients report every block as an event, even one without data. It contains a space: after
     * a colon alone, RESTEasy's client parses the next line, the id of an event, as part of the comment.
     */
    public static byte[] heartbeat() {
        return ": \n".getBytes(UTF_8);
    }

    /**
     * Returns a {@link #heartbeat()} with an id. A client that has received no event for a while stores this id. When
     * it reconnects, it resumes from an offset that the log still retains.
     */
    public static byte[] heartbeat(EventId id) {
        return (": \nid: " + id + "\n\n").getBytes(UTF_8);
    }

    /**
     * Returns a heartbeat as an event. Unlike a comment, a script can receive it. It contains the time until the next
     * heartbeat.
     */
    public static byte[] visibleHeartbeat(Duration period) {
        return ("event: heartbeat\ndata: {\"milliseconds\":" + period.toMillis() + "}\n\n").getBytes(UTF_8);
    }

    /** Encodes an event without its id, which is known only once the event is stored. */
    public static byte[] body(Event event) {
        StringBuilder text = new StringBuilder(event.data().length() + 32);
        if (event.type() != null) {
            text.append("event: ").append(event.type()).append('\n');
        }
        if (event.retry() != null) {
            text.append("retry: ").append(event.retry().toMillis()).append('\n');
        }
        appendData(text, event.data());
        return text.append('\n').toString().getBytes(UTF_8);
    }

    /** Joins an id and the {@link #body} of an event. The log or the publisher assigned the id. */
    public static byte[] frame(String id, byte[] body) {
        byte[] line = ("id: " + id + '\n').getBytes(UTF_8);
        byte[] frame = new byte[line.length + body.length];
        System.arraycopy(line, 0, frame, 0, line.length);
        System.arraycopy(body, 0, frame, line.length, body.length);
        return frame;
    }

    /**
     * Returns the first bytes of a stream: the reconnection time and an id. If a blank line follows, clients store the
     * id at once, and can resume without a gap even before their first event.
     *
     * @param retryMillis 0 or more
     * @param endBlock whether to add the blank line; without it, the client stores the id with its first event
     */
    public static byte[] opening(long retryMillis, String id, boolean endBlock) {
        return ("retry: " + retryMillis + "\nid: " + id + (endBlock ? "\n\n" : "\n")).getBytes(UTF_8);
    }

    /** Returns the line with the reconnection time. The caller must write the rest of the block after it. */
    public static byte[] retry(long millis) {
        return ("retry: " + millis + '\n').getBytes(UTF_8);
    }

    /**
     * Returns the gap event, which tells a client that events are missing. A browser receives it as an event of the
     * type {@value Event#GAP}.
     *
     * @param requested the last event id that the client sent
     * @param resumed the stream continues with the first event after this id
     * @param completeAfter no event is missing after this id; equal to {@code resumed} or later
     */
    public static byte[] gap(String requested, EventId resumed, EventId completeAfter) {
        return ("id: " + resumed + "\nevent: " + Event.GAP + "\ndata: {\"requested\":" + quote(requested)
                        + ",\"resumed\":\"" + resumed + "\",\"completeAfter\":\"" + completeAfter + "\"}\n\n")
                .getBytes(UTF_8);
    }

    /**
     * Returns the expiry notice: the stream ends in this number of seconds, when the client's token expires. It has no
     * id.
     */
    public static byte[] tokenExpiring(long seconds) {
        return ("event: " + Event.TOKEN_EXPIRING + "\ndata: {\"seconds\":" + seconds + "}\n\n").getBytes(UTF_8);
    }

    private static void appendData(StringBuilder text, String data) {
        int start = 0;
        for (int end = findLineEnd(data, 0); end < data.length(); end = findLineEnd(data, start)) {
            text.append("data: ").append(data, start, end).append('\n');
            start = data.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        text.append("data: ").append(data, start, data.length()).append('\n');
    }

    private static int findLineEnd(String data, int from) {
        int end = from;
        while (end < data.length() && data.charAt(end) != '\n' && data.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /**
     * Returns a JSON string with ASCII characters only (RFC 8259, section 7), so that client input cannot break out of
     * the quotes.
     */
    static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
