package dev.courant.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishing once, however often it is asked: the same key gets the same id. Safe for use by any thread; publishers with
 * a key wait for each other, those without are not concerned.
 */
public final class IdempotentPublishing {

    /** How long a key is remembered. */
    public static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** More keys than this within that time are more than publishers can mean; the memory is a few hundred bytes each. */
    static final int MOST_KEYS = 200_000;

    private final Hub hub;
    private final LongSupplier nanoTime;
    private final Map<String, Published> byKey = new LinkedHashMap<>(); // the oldest first; guarded by this

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    public IdempotentPublishing(Hub hub, LongSupplier nanoTime) {
        this.hub = hub;
        this.nanoTime = nanoTime;
    }

    /**
     * Publishes an event, or answers with what became of it when it was published under this key before.
     *
     * @throws KeyReusedException if it was another event then
     * @throws TooManyKeysException if there is no room to remember one more key
     */
    public synchronized CompletionStage<EventId> publish(String key, Event event) {
        forgetOld();
        String digest = digest(event);
        Published before = byKey.get(key);
        if (before != null && !before.failed()) {
            if (!before.digest.equals(digest)) {
                throw new KeyReusedException();
            }
            return before.id;
        }
        if (byKey.size() >= MOST_KEYS) {
            throw new TooManyKeysException();
        }
        CompletionStage<EventId> id = hub.publish(event);
        byKey.remove(key); // of one that failed: its place is at the end now
        byKey.put(key, new Published(digest, id, nanoTime.getAsLong()));
        return id;
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Published> oldest = byKey.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > REMEMBERED.toNanos()) {
            oldest.remove();
        }
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

    private record Published(String digest, CompletionStage<EventId> id, long at) {

        boolean failed() {
            return id.toCompletableFuture().isCompletedExceptionally();
        }
    }

    /** The key was used for another event. */
    public static final class KeyReusedException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /** There is no room to remember one more key. */
    public static final class TooManyKeysException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
