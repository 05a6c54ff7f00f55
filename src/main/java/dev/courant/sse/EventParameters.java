package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type, id, retry time and private mark of a publication, from query parameters or else from headers. Immutable.
 *
 * @param restricted whether {@code private} is present, with any value: only subscribers whose token grants one of the
 *     event's topics receive it
 */
record EventParameters(
        @Nullable String type,
        @Nullable String id,
        @Nullable Duration retry,
        boolean restricted) {

    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    /** @throws ProblemException if the retry time is not a number */
    static EventParameters read(HttpServletRequest request, FormParameters query) {
        return new EventParameters(
                firstPresent(query.getFirst("type"), request.getHeader("Event-Type")),
                firstPresent(query.getFirst("id"), request.getHeader("Event-Id")),
                parseRetry(firstPresent(query.getFirst("retry"), request.getHeader("Event-Retry"))),
                query.getFirst("private") != null);
    }

    /** @throws ProblemException if a value is not allowed in an event */
    Event toEvent(List<Topic> topics, String data) {
        try {
            return new Event(topics, restricted, id, type, retry, data);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private static @Nullable Duration parseRetry(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!MILLISECONDS.matcher(text).matches()) {
            throw new ProblemException(
                    400,
                    "The retry time \"" + text + "\" is not a number of milliseconds."
                            + " Use up to 9 digits, for example 5000.");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static @Nullable String firstPresent(@Nullable String parameter, @Nullable String header) {
        return parameter != null ? parameter : header;
    }
}
