package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.http.ProblemException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The type, id, retry time and private mark of a publication, from query parameters or else from headers. */
public class EventParameters {

    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    @QueryParam("type")
    private @Nullable String type;

    @HeaderParam("Event-Type")
    private @Nullable String typeHeader;

    @QueryParam("id")
    private @Nullable String id;

    @HeaderParam("Event-Id")
    private @Nullable String idHeader;

    @QueryParam("retry")
    private @Nullable String retry;

    @HeaderParam("Event-Retry")
    private @Nullable String retryHeader;

    /**
     * Present, with any value, in a private event: only subscribers whose token grants one of its topics receive it.
     */
    @QueryParam("private")
    private @Nullable String restricted;

    /**
     * Checks the parameters before the body is read.
     *
     * @throws ProblemException if the retry time is invalid
     */
    void check() {
        retry();
    }

    /** @throws ProblemException if a value is not allowed in an event */
    Event toEvent(List<Topic> topics, String data) {
        try {
            return new Event(
                    topics,
                    restricted != null,
                    firstPresent(id, idHeader),
                    firstPresent(type, typeHeader),
                    retry(),
                    data);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private @Nullable Duration retry() {
        String text = firstPresent(retry, retryHeader);
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
