package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HexFormat;

/** The bytes of a {@code text/event-stream}: WHATWG HTML, section 9.2. Lines end in LF, a blank line ends a block. */
public final class WireFormat {

    private WireFormat() {}

    /**
     * Returns a comment that keeps proxies from cutting a quiet stream and finds dead connections. It is a line and not a
     * block: several clients report every block as an event. It has a space: after a colon alone, RESTEasy's client takes
     * the next line, an event's id, for the comment.
     */
    public static byte[] heartbeat() {
        return ": \n".getBytes(UTF_8);
    }

    /**
     * A {@link #heartbeat()} with an id, for a client that has not been sent an event for a while: so that it will name a
     * place that the log still holds.
     */
    public static byte[] heartbeat(EventId id) {
        return (": \nid: " + id + "\n\n").getBytes(UTF_8);
    }

    /** Returns a heartbeat that a script can see, with the time until the next one: clients report no comments. */
    public static byte[] visibleHeartbeat(Duration period) {
        return ("event: heartbeat\ndata: {\"milliseconds\":" + period.toMillis() + "}\n\n").getBytes(UTF_8);
    }

    /** All of an event but its id; apart from it because the id is known only once the event is stored. */
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

    /** A whole event: its id, the log's or the publisher's, and its {@link #body}. */
    public static byte[] frame(String id, byte[] body) {
        byte[] line = ("id: " + id + '\n').getBytes(UTF_8);
        byte[] frame = new byte[line.length + body.length];
        System.arraycopy(line, 0, frame, 0, line.length);
        System.arraycopy(body, 0, frame, line.length, body.length);
        return frame;
    }

    /**
     * The opening of a stream: how long to wait before reconnecting, and an id. A blank line after it makes clients
     * remember the id before they have seen an event, so that they resume without a gap even then.
     *
     * @param retryMillis 0 or more
     * @param block whether to write that blank line; without it the client remembers the id with its first event
     */
    public static byte[] opening(long retryMillis, String id, boolean block) {
        return ("retry: " + retryMillis + "\nid: " + id + (block ? "\n\n" : "\n")).getBytes(UTF_8);
    }

    /** Returns the line that says how long to wait before reconnecting, for a block to begin with. */
    public static byte[] retry(long millis) {
        return ("retry: " + millis + '\n').getBytes(UTF_8);
    }

    /**
     * Returns the event that tells a client, in a way that a plain EventSource can see, that events are missing.
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

    /** Announces, without an id, that the stream ends with its token. */
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

    /** A JSON string of ASCII characters alone (RFC 8259, section 7): what a client sent cannot leave its quotes. */
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
