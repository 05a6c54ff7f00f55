package dev.courant.event;

import org.jspecify.annotations.Nullable;

/**
 * What a publisher says: a topic, an event type (none: the client's {@code message} event) and data of any text. Lines
 * of data may end in CR, LF or CRLF; a client gets them back with LF, as the WHATWG standard joins them.
 */
public record Event(Topic topic, @Nullable String type, String data) {

    /** The type of the hub's own event that tells a client what it missed; nobody may publish it. */
    public static final String GAP = "gap";

    /** In UTF-16 code units. */
    public static final int MAX_TYPE_LENGTH = 255;

    /** @throws IllegalArgumentException if the type could break out of its line, is too long, or is the hub's own */
    public Event {
        if (type != null) {
            if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH) {
                throw new IllegalArgumentException("an event type has 1 to " + MAX_TYPE_LENGTH + " characters");
            }
            if (type.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("an event type has no control characters");
            }
            if (type.equals(GAP)) {
                throw new IllegalArgumentException("the event type '" + GAP + "' is the hub's own");
            }
        }
    }

    /** An event without a type, which a browser hands to {@code onmessage}. */
    public static Event message(Topic topic, String data) {
        return new Event(topic, null, data);
    }
}
