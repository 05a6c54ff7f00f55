package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an encoded event, for connections that do not write its bytes as they are. The log stores only the
 * encoded bytes, the frame.
 */
public record EventFrame(
        String id, @Nullable String type, @Nullable Duration retry, String data) {

    /** Parses a frame that {@link WireFormat#frame} encoded. It does not validate other input. */
    public static EventFrame read(byte[] frame) {
        String id = "";
        String type = null;
        Duration retry = null;
        StringBuilder data = new StringBuilder(frame.length);
        for (String line : new String(frame, UTF_8).split("\n", -1)) {
            String value = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("data: ")) {
                data.append(value).append('\n');
            } else if (line.startsWith("id: ")) {
                id = value;
            } else if (line.startsWith("event: ")) {
                type = value;
            } else if (line.startsWith("retry: ")) {
                retry = Duration.ofMillis(Long.parseLong(value));
            }
        }
        data.setLength(data.length() - 1);
        return new EventFrame(id, type, retry, data.toString());
    }
}
