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

/** What a publisher says of an event beside its topics and its data: in query parameters, else in headers. */
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

    /** Whatever its value: only those who may read one of its topics get the event. */
    @QueryParam("private")
    private @Nullable String restricted;

    /**
     * Before the data is read.
     *
     * @throws ProblemException if a time is none
     */
    void check() {
        retry();
    }

    /** @throws ProblemException saying what no event can be */
    Event event(List<Topic> topics, String data) {
        try {
            return new Event(topics, restricted != null, either(id, idHeader), either(type, typeHeader), retry(), data);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private @Nullable Duration retry() {
        String text = either(retry, retryHeader);
        if (text == null) {
            return null;
        }
        if (!MILLISECONDS.matcher(text).matches()) {
            throw new ProblemException(400, "A retry time is a number of milliseconds.");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static @Nullable String either(@Nullable String parameter, @Nullable String header) {
        return parameter != null ? parameter : header;
    }
}
