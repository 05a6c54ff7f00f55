package dev.courant.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The JSON envelope of an event: {@code {"id":…,"topics":[…],"type":…,"time":…,"data":…}}, in one line. An event without a
 * type has no such member. Data that is JSON is embedded; other data is a string.
 */
public final class EventEnvelope {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** The last millisecond that RFC 3339 can express. A Kafka record may contain a later time. */
    private static final long MAX_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final byte[] frame;
    private final int[] starts = new int[3]; // of the values of id, event and retry; 0 for none
    private final int[] ends = new int[3];
    private final byte[] data;

    /** Parses a frame. */
    private EventEnvelope(byte[] frame) {
        this.frame = frame;
        int start = 0;
        ByteArrayOutputStream lines = new ByteArrayOutputStream(frame.length);
        boolean hasData = false;
        while (start < frame.length) {
            int end = start;
            while (frame[end] != '\n') {
                end++;
            }
            int value = Math.min(end, start + fieldLength(frame[start]));
            int field = "ier".indexOf(frame[start]); // id, event, retry
            if (field >= 0) {
                starts[field] = value;
                ends[field] = end;
            } else if (end > start) {
                if (hasData) {
                    lines.write('\n');
                }
                hasData = true;
                lines.write(frame, value, end - value);
            }
            start = end + 1;
        }
        data = lines.toByteArray();
    }

    private static int fieldLength(byte first) {
        return switch (first) {
            case 'i' -> "id: ".length();
            case 'e' -> "event: ".length();
            case 'r' -> "retry: ".length();
            default -> "data: ".length();
        };
    }

    /**
     * Returns the envelope of an event.
     *
     * @param frame the encoded event, see {@link WireFormat#frame}
     * @param millis the time at which it was stored, in milliseconds since 1970
     */
    public static byte[] encode(byte[] frame, List<Topic> topics, long millis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(frame.length + 128);
        new EventEnvelope(frame).write(out, topics, millis);
        return out.toByteArray();
    }

    /** Returns a frame with the envelope as its data, the same id and retry time, and no type. */
    public static byte[] encodeFrame(byte[] frame, List<Topic> topics, long millis) {
        EventEnvelope envelope = new EventEnvelope(frame);
        ByteArrayOutputStream out = new ByteArrayOutputStream(frame.length + 192);
        envelope.writeLine(out, "id: ", 0);
        envelope.writeLine(out, "retry: ", 2);
        writeText(out, "data: ");
        envelope.write(out, topics, millis);
        writeText(out, "\n\n");
        return out.toByteArray();
    }

    private void writeLine(ByteArrayOutputStream out, String name, int field) {
        if (starts[field] > 0) {
            writeText(out, name);
            out.write(frame, starts[field], ends[field] + 1 - starts[field]);
        }
    }

    private void write(ByteArrayOutputStream out, List<Topic> topics, long millis) {
        writeText(out, "{\"id\":");
        JsonText.writeString(out, frame, starts[0], ends[0]);
        String separator = ",\"topics\":[";
        for (Topic topic : topics) {
            byte[] name = topic.name().getBytes(UTF_8);
            writeText(out, separator);
            JsonText.writeString(out, name, 0, name.length);
            separator = ",";
        }
        if (starts[1] > 0) {
            writeText(out, "],\"type\":");
            JsonText.writeString(out, frame, starts[1], ends[1]);
            writeText(out, ",\"time\":\"");
        } else {
            writeText(out, "],\"time\":\"");
        }
        writeText(out, TIME.format(Instant.ofEpochMilli(Math.max(0, Math.min(millis, MAX_MILLIS)))));
        writeText(out, "\",\"data\":");
        if (JsonText.isValid(data)) {
            writeInOneLine(out, data);
        } else {
            JsonText.writeString(out, data, 0, data.length);
        }
        out.write('}');
    }

    /** Replaces the line ends in JSON. A string in JSON contains none. */
    private static void writeInOneLine(ByteArrayOutputStream out, byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length);
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        out.writeBytes(line);
    }

    private static void writeText(ByteArrayOutputStream out, String ascii) {
        out.writeBytes(ascii.getBytes(US_ASCII));
    }
}
