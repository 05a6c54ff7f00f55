package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The idempotency key of a publication. If a publisher repeats the publication within {@link #LIFETIME}, the log does
 * not store the event again.
 *
 * @param key chosen by the publisher, 1 to 255 characters
 * @param digest of the event, to detect a key that is reused for another event
 */
public record IdempotencyKey(String key, String digest) {

    /** The time for which a log stores a key. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Returns the key for this event. */
    public static IdempotencyKey of(String key, Event event) {
        return new IdempotencyKey(key, digest(event));
    }

    private static String digest(Event event) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // Topics, ids and types contain no control characters, so the separators are unambiguous.
            Stream<Object> parts =
                    Stream.of(event.topics().size(), event.restricted(), event.id(), event.type(), event.retry());
            String all = Stream.concat(parts, event.topics().stream())
                    .map(part -> part == null ? "\n" : part.toString())
                    .collect(Collectors.joining("\0", "", "\0"));
            sha256.update(all.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(event.data().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform must support SHA-256.", missing);
        }
    }
}
