package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a frame that {@link WireFormat} made, for those who have to say it in another way. The log keeps the
 * bytes alone, once.
 */
public record EventFrame(
        String id, @Nullable String type, @Nullable Duration retry, String data) {

    /** Reads a frame. For frames of {@link WireFormat#frame} alone: it does not check what a client would have to. */
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
