package dev.courant.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id that the log assigns to an event: {@code #<epoch>-<offset>}. The epoch is the name of a period in which the
 * offsets of the log only grow, not always by one. The id is a relative reference, as the Mercure protocol requires; no
 * id of a publisher begins with {@code #}.
 *
 * @param epoch 1 to 32 characters of {@code a-z0-9}
 * @param offset 0 to {@link #MAX_OFFSET}; 0 is the position before the first event of a new log
 */
public record EventId(String epoch, long offset) {

    /** The largest number with 18 digits, so that every id that {@link #parse} accepts fits into a {@code long}. */
    public static final long MAX_OFFSET = 999_999_999_999_999_999L;

    private static final Pattern PATTERN = Pattern.compile("#([a-z0-9]{1,32})-(0|[1-9][0-9]{0,17})");

    /** @throws IllegalArgumentException unless {@link #parse} would accept the resulting id */
    public EventId {
        boolean plain = epoch.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        if (!plain || epoch.isEmpty() || epoch.length() > 32 || offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("Invalid event id: epoch '" + epoch + "', offset " + offset);
        }
    }

    /** Parses an id that a client sent. Returns {@code null} if the text is not an id of the log; never throws. */
    public static @Nullable EventId parse(String text) {
        Matcher form = PATTERN.matcher(text);
        return form.matches() ? new EventId(form.group(1), Long.parseLong(form.group(2))) : null;
    }

    @Override
    public String toString() {
        return '#' + epoch + '-' + offset;
    }
}
