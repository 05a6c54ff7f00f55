package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.publish.RetryTime;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topics, type, id, retry time and private mark of a publication, from its path, query and headers. Immutable.
 *
 * @param topics at least one
 * @param restricted whether {@code private} is present, with any value: only subscribers whose token grants one of the
 *     event's topics receive it
 * @param end whether {@code end} is present, with any value: the event ends its topics
 * @param from the number of the first event of the body in its stream, from 1
 */
record EventParameters(
        List<Topic> topics,
        @Nullable String type,
        @Nullable String id,
        @Nullable Duration retry,
        boolean restricted,
        boolean end,
        long from) {

    private static final ParameterNames NAMES =
            new ParameterNames(Set.of("topic", "type", "id", "retry", "private", "end", "from"));

    private static final Pattern EVENT_NUMBER = Pattern.compile("[1-9][0-9]{0,14}");

    /** @throws ProblemException if a topic is invalid or missing, or the retry time is not a number */
    static EventParameters read(HttpServletRequest request) {
        FormParameters query = RequestTopics.parseQuery(request, NAMES);
        List<Topic> topics = RequestTopics.read(request, query);
        if (topics.isEmpty()) {
            throw new ProblemException(400, "An event needs a topic. Publish to /sse/{topic} or /sse?topic=...");
        }
        String retry = firstPresent(query.getFirst("retry"), request.getHeader("Event-Retry"));
        return new EventParameters(
                topics,
                firstPresent(query.getFirst("type"), request.getHeader("Event-Type")),
                firstPresent(query.getFirst("id"), request.getHeader("Event-Id")),
                retry == null ? null : RetryTime.parse(retry),
                query.getFirst("private") != null,
                query.getFirst("end") != null,
                parseFrom(query.getFirst("from")));
    }

    /** @throws ProblemException if a value is not allowed in an event */
    Event toEvent(String data) {
        return toEvent(type, data);
    }

    /**
     * Returns the parameters for a body with several events.
     *
     * @throws ProblemException if they contain an id or a retry time, or end the topics
     */
    EventParameters forSeveralEvents() {
        if (end) {
            throw new ProblemException(
                    400,
                    "The parameter 'end' applies to one event. End the topics by a request of its own, after this one.");
        }
        if (id != null || retry != null) {
            throw new ProblemException(
                    400, "An id and a retry time apply to one event, but the body contains several. Omit them.");
        }
        return this;
    }

    /**
     * Returns one of several events.
     *
     * @param bodyType the type that the body names, which takes precedence, or {@code null}
     * @throws ProblemException if a value is not allowed in an event
     */
    Event toEvent(@Nullable String bodyType, String data) {
        if (end && (type != null || retry != null)) {
            throw new ProblemException(400, "The end of a topic has the type 'end', and no retry time. Omit both.");
        }
        try {
            return end
                    ? Event.end(topics, restricted, id, data)
                    : new Event(topics, restricted, id, bodyType == null ? type : bodyType, retry, data);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
        }
    }

    private static long parseFrom(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        if (!EVENT_NUMBER.matcher(text).matches()) {
            throw new ProblemException(
                    400, "The parameter 'from' must be the number of an event, from 1. Its value is \"" + text + "\".");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String firstPresent(@Nullable String parameter, @Nullable String header) {
        return parameter != null ? parameter : header;
    }
}
