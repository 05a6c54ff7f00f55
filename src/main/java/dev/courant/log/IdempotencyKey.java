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
 * Under which key an event is stored once, however often it is published.
 *
 * @param key the publisher's own, 1 to 255 characters
 * @param digest of the event: under one key there is one event
 */
public record IdempotencyKey(String key, String digest) {

    /** How long a key is remembered. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** This event, under a key. */
    public static IdempotencyKey of(String key, Event event) {
        return new IdempotencyKey(key, digest(event));
    }

    private static String digest(Event event) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // No control character stands in a topic, id or type, so the parts cannot be taken for each other.
            Stream<Object> parts =
                    Stream.of(event.topics().size(), event.restricted(), event.id(), event.type(), event.retry());
            String all = Stream.concat(parts, event.topics().stream())
                    .map(part -> part == null ? "\n" : part.toString())
                    .collect(Collectors.joining("\0", "", "\0"));
            sha256.update(all.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256.digest(event.data().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
