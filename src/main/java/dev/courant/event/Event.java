package dev.courant.event;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was published, before the log assigns its offset. The lines of the data may end in CR, LF or CRLF;
 * clients receive LF for each, as the WHATWG standard defines.
 *
 * @param kind {@link EventKind#EVENT}, unless the event ends its topics
 * @param topics one or more, the canonical topic first; a subscriber to any of them receives the event once
 * @param restricted whether the event is private: only subscribers authorized for one of its topics receive it
 * @param id the publisher's id, or {@code null}. It should be unique: a client that resumes after an id that several
 *     events have receives all events after the earliest of them
 * @param type the event type, or {@code null} for {@code message}
 * @param retry how long clients wait before they reconnect, or {@code null}
 * @param data text with any characters
 */
public record Event(
        EventKind kind,
        List<Topic> topics,
        boolean restricted,
        @Nullable String id,
        @Nullable String type,
        @Nullable Duration retry,
        String data) {

    /** The type of the hub's event that tells a client which events it missed. Publishers may not use it. */
    public static final String GAP = "gap";

    /** The type of the hub's event that announces the expiry of a token. Publishers may not use it. */
    public static final String TOKEN_EXPIRING = "token-expiring";

    private static final Set<String> RESERVED_TYPES = Set.of(GAP, TOKEN_EXPIRING, "end");

    /**
     * The value that clients send as a last event id to receive all retained events. Publishers may not use it as an
     * id.
     */
    public static final String EARLIEST = "earliest";

    /** The maximum length of an id and of a type, in UTF-16 code units. */
    public static final int MAX_LENGTH = 255;

    /** The maximum retry time. */
    public static final Duration MAX_RETRY = Duration.ofDays(1);

    /**
     * @throws IllegalArgumentException if there is no topic, or if a value is reserved, too long, out of range, or
     *     contains control characters or unpaired surrogates
     */
    public Event {
        topics = topics.stream().distinct().toList();
        type = kind == EventKind.EVENT ? type : kind.type();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("an event needs at least one topic");
        }
        if (id != null) {
            requireLine("an event id", id);
            if (!isHeaderSafe(id)) {
                throw new IllegalArgumentException(
                        "an event id must be printable ASCII without leading or trailing spaces");
            }
            if (id.equals(EARLIEST) || id.startsWith("#")) {
                throw new IllegalArgumentException("the event id '" + id + "' is reserved");
            }
        }
        if (type != null) {
            requireLine("an event type", type);
            if (kind == EventKind.EVENT && isReservedType(type)) {
                throw new IllegalArgumentException("the event type '" + type + "' is reserved for the hub");
            }
        }
        if (retry != null && (retry.isNegative() || retry.compareTo(MAX_RETRY) > 0)) {
            throw new IllegalArgumentException("a retry time must be from 0 to " + MAX_RETRY.toMillis() + " ms");
        }
    }

    /** Creates an event of the kind that publishers choose. */
    public Event(
            List<Topic> topics,
            boolean restricted,
            @Nullable String id,
            @Nullable String type,
            @Nullable Duration retry,
            String data) {
        this(EventKind.EVENT, topics, restricted, id, type, retry, data);
    }

    /** Creates a public event with one topic. */
    public Event(Topic topic, @Nullable String id, @Nullable String type, @Nullable Duration retry, String data) {
        this(List.of(topic), false, id, type, retry, data);
    }

    /** Creates a public event with one topic and without an id. */
    public Event(Topic topic, @Nullable String type, String data) {
        this(topic, null, type, null, data);
    }

    /** Creates an event without a type, which a browser passes to {@code onmessage}. */
    public static Event message(Topic topic, String data) {
        return new Event(topic, null, data);
    }

    /** Returns whether only the hub publishes events of this type. */
    public static boolean isReservedType(@Nullable String type) {
        return type != null && RESERVED_TYPES.contains(type);
    }

    /**
     * Returns the last event of its topics, which ends them.
     *
     * @param data the last data; may be empty. Clients report the event in both cases
     */
    public static Event end(List<Topic> topics, boolean restricted, @Nullable String id, String data) {
        return new Event(EventKind.END, topics, restricted, id, null, null, data);
    }

    /**
     * Returns whether a server receives the id unchanged in the {@code Last-Event-ID} header. HTTP removes leading and
     * trailing spaces, and some servers accept only ASCII.
     */
    public static boolean isHeaderSafe(String id) {
        return id.length() <= MAX_LENGTH && id.equals(id.strip()) && id.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static void requireLine(String name, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(name + " must have 1 to " + MAX_LENGTH + " characters");
        }
        if (!text.codePoints().allMatch(Event::isLineCharacter)) {
            throw new IllegalArgumentException(name + " must not contain control characters or unpaired surrogates");
        }
    }

    private static boolean isLineCharacter(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
