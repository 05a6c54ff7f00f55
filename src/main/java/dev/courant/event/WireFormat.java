package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HexFormat;

/** The encoding of {@code text/event-stream}: WHATWG HTML, section 9.2. Lines end in LF, blocks in a blank line. */
public final class WireFormat {

    private WireFormat() {}

    /**
     * Returns a comment that keeps proxies from closing a quiet stream and detects dead connections. It is a line and
     * not a block, because several clients report every block as an event. It contains a space: after a colon alone,
     * RESTEasy's client parses the next line, the id of an event, as part of the comment.
     */
    public static byte[] heartbeat() {
        return ": \n".getBytes(UTF_8);
    }

    /**
     * Returns a {@link #heartbeat()} with an id. A client that has received no event for a while then resumes from an
     * offset that the log still retains.
     */
    public static byte[] heartbeat(EventId id) {
        return (": \nid: " + id + "\n\n").getBytes(UTF_8);
    }

    /**
     * Returns a heartbeat as an event, which a script can see, unlike a comment. It contains the time until the next
     * one.
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

    /** Joins the id, assigned by the log or the publisher, and the {@link #body} of an event. */
    public static byte[] frame(String id, byte[] body) {
        byte[] line = ("id: " + id + '\n').getBytes(UTF_8);
        byte[] frame = new byte[line.length + body.length];
        System.arraycopy(line, 0, frame, 0, line.length);
        System.arraycopy(body, 0, frame, line.length, body.length);
        return frame;
    }

    /**
     * Returns the first bytes of a stream: the reconnection time and an id. With a blank line after it, clients store
     * the id before they receive an event, and so can always resume without a gap.
     *
     * @param retryMillis 0 or more
     * @param block whether to end with a blank line; otherwise the client stores the id with its first event
     */
    public static byte[] opening(long retryMillis, String id, boolean block) {
        return ("retry: " + retryMillis + "\nid: " + id + (block ? "\n\n" : "\n")).getBytes(UTF_8);
    }

    /** Returns the line with the reconnection time, for the start of a block. */
    public static byte[] retry(long millis) {
        return ("retry: " + millis + '\n').getBytes(UTF_8);
    }

    /**
     * Returns the event that tells a client that events are missing. A plain EventSource can receive it.
     *
     * @param requested the id that the client named
     * @param resumed the stream continues with the first event after this id
     * @param completeAfter no event is missing after this id; equal to {@code resumed} or later
     */
    public static byte[] gap(String requested, EventId resumed, EventId completeAfter) {
        return ("id: " + resumed + "\nevent: " + Event.GAP + "\ndata: {\"requested\":" + quote(requested)
                        + ",\"resumed\":\"" + resumed + "\",\"completeAfter\":\"" + completeAfter + "\"}\n\n")
                .getBytes(UTF_8);
    }

    /** Returns the event that announces that the stream ends with its token. It has no id. */
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
    private static String quote(String text) {
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
