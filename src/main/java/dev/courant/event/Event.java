package dev.courant.event;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says: topics and data of any text, and perhaps an id of its own, an event type (none: the client's
 * {@code message} event) and how long clients are to wait before they reconnect. Lines of data may end in CR, LF or CRLF;
 * a client gets them back with LF, as the WHATWG standard joins them.
 *
 * @param topics one at least, the canonical one first; who follows any of them gets the event, once
 * @param restricted whether it is only for those who may read one of its topics
 * @param id the publisher's own; should be given to one event alone, since a client that names one that was given to
 *     several gets all after the earliest of them
 */
public record Event(
        List<Topic> topics,
        boolean restricted,
        @Nullable String id,
        @Nullable String type,
        @Nullable Duration retry,
        String data) {

    /** The type of the hub's own event that tells a client what it missed; nobody may publish it. */
    public static final String GAP = "gap";

    /** The type of the hub's own event that announces the end of a stream whose token expires. Publishers may not use it. */
    public static final String TOKEN_EXPIRING = "token-expiring";

    private static final Set<String> RESERVED_TYPES = Set.of(GAP, TOKEN_EXPIRING);

    /** Said in place of an id by a client that wants all there is; nobody may publish it. */
    public static final String EARLIEST = "earliest";

    /** Of an id and of a type, in UTF-16 code units. */
    public static final int MAX_LENGTH = 255;

    /** The longest time to reconnect. */
    public static final Duration MAX_RETRY = Duration.ofDays(1);

    /** @throws IllegalArgumentException if a part could break out of its line, is too long, or is the hub's own */
    public Event {
        topics = topics.stream().distinct().toList();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("an event has a topic");
        }
        if (id != null) {
            check("an event id", id);
            if (!isHeaderSafe(id)) {
                throw new IllegalArgumentException("an event id is printable ASCII, without a space at its ends");
            }
            if (id.equals(EARLIEST) || id.startsWith("#")) {
                throw new IllegalArgumentException("the event id '" + id + "' is reserved");
            }
        }
        if (type != null) {
            check("an event type", type);
            if (RESERVED_TYPES.contains(type)) {
                throw new IllegalArgumentException("the event type '" + type + "' is the hub's own");
            }
        }
        if (retry != null && (retry.isNegative() || retry.compareTo(MAX_RETRY) > 0)) {
            throw new IllegalArgumentException("a retry time is from 0 to " + MAX_RETRY.toMillis() + " ms");
        }
    }

    /** An event of one topic, for everybody. */
    public Event(Topic topic, @Nullable String id, @Nullable String type, @Nullable Duration retry, String data) {
        this(List.of(topic), false, id, type, retry, data);
    }

    /** An event of one topic, for everybody, without an id of the publisher's. */
    public Event(Topic topic, @Nullable String type, String data) {
        this(topic, null, type, null, data);
    }

    /** An event without a type, which a browser hands to {@code onmessage}. */
    public static Event message(Topic topic, String data) {
        return new Event(topic, null, data);
    }

    /**
     * Whether an id comes back as it was: it does so in a header, which loses the spaces at its ends, and which some
     * servers refuse beyond ASCII.
     */
    public static boolean isHeaderSafe(String id) {
        return id.length() <= MAX_LENGTH && id.equals(id.strip()) && id.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static void check(String what, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " has 1 to " + MAX_LENGTH + " characters");
        }
        if (!text.codePoints().allMatch(Event::isLineCharacter)) {
            throw new IllegalArgumentException(what + " has no control characters and no unpaired surrogates");
        }
    }

    private static boolean isLineCharacter(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
