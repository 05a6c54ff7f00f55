package dev.courant.event;

import dev.courant.event.EventStreamParser.Received;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Many events, equal for equal seeds: the bytes of their stream, and the events that a client must receive. */
public final class SentEvents {

    private static final int TYPES = 64;
    private static final int MAX_PIECES = 150;

    private final Random random;
    private final List<String> types;
    private final List<Received> due = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public SentEvents(long seed, int count) {
        random = new Random(seed);
        // A browser needs a listener for each type. The browser also uses these types itself.
        types = Stream.concat(
                        Stream.of("message", "error", "open", "close", "data", "id", "constructor", "__proto__"),
                        Stream.generate(this::newType))
                .distinct()
                .limit(TYPES)
                .toList();
        while (due.size() < count) {
            SentEvent sent = SentEvent.of(id(), type(), RandomText.of(random, MAX_PIECES));
            bytes.writeBytes(sent.bytes());
            due.add(sent.due());
            if (random.nextInt(50) == 0) {
                bytes.writeBytes(WireFormat.heartbeat());
            }
        }
    }

    /** Returns all types, except none. */
    public List<String> types() {
        return types;
    }

    public List<Received> due() {
        return due;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private EventId id() {
        String letters = Long.toString(random.nextLong() >>> 1, 36);
        long digits = (long) Math.pow(10, random.nextInt(19));
        return new EventId(letters, (random.nextLong() >>> 1) % digits);
    }

    private @Nullable String type() {
        return random.nextInt(3) == 0 ? null : types.get(random.nextInt(types.size()));
    }

    private String newType() {
        String type = "";
        while (type.isEmpty()) {
            type = RandomText.of(random, 8)
                    .codePoints()
                    .filter(c -> !Character.isISOControl(c))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        return type;
    }
}
