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
 * not store the event again. All events of a publishing stream have one key, and the log stores the last one of them.
 *
 * @param key chosen by the publisher, 1 to 255 characters
 * @param digest of the event, to detect a key that is reused for another event; in a stream, of the event and of all
 *     events before it
 * @param number the number of the event in its stream, from 1, or 0 if it does not belong to a stream
 * @param previous the digest of the event before it in the stream; otherwise empty
 */
public record IdempotencyKey(String key, String digest, long number, String previous) {

    /** The time for which a log stores a key. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Creates the key of an event that does not belong to a stream. */
    public IdempotencyKey(String key, String digest) {
        this(key, digest, 0, "");
    }

    /** Returns the key for this event. */
    public static IdempotencyKey of(String key, Event event) {
        return new IdempotencyKey(key, digest("", event));
    }

    /**
     * Returns the digest of an event.
     *
     * @param previous the digest of the event before it in its stream; otherwise empty
     */
    static String digest(String previous, Event event) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // Topics, ids and types contain no control characters, so the separators are unambiguous.
            Stream<Object> parts =
                    Stream.of(event.topics().size(), event.restricted(), event.id(), event.type(), event.retry());
            String all = Stream.concat(parts, event.topics().stream())
                    .map(part -> part == null ? "\n" : part.toString())
                    .collect(Collectors.joining("\0", "", "\0"));
            sha256.update(previous.getBytes(UTF_8));
            sha256.update(all.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(event.data().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform must support SHA-256.", missing);
        }
    }
}
