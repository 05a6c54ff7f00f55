package dev.courant.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.http.FormDecoder;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.StreamAccept;
import dev.courant.stream.StreamParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics that a request to {@code /sse} names, in its path or its query. An invalid request is refused with a {@link
 * ProblemException}.
 */
final class RequestTopics {

    private static final ParameterNames STREAM_PARAMETERS = new ParameterNames(
            Stream.concat(Stream.of("topic"), StreamParameters.NAMES.stream()).collect(Collectors.toSet()));

    private static final ParameterNames HISTORY_PARAMETERS =
            new ParameterNames(Stream.concat(Stream.of("topic", "after", "limit"), StreamParameters.NAMES.stream())
                    .collect(Collectors.toSet()));

    private RequestTopics() {}

    /** Returns the topics of a stream; may be empty. */
    static Set<Topic> readForStream(HttpServletRequest request) {
        StreamAccept.check(request);
        FormParameters query = parseQuery(request, STREAM_PARAMETERS);
        StreamParameters.read(request, query);
        return new LinkedHashSet<>(read(request, query));
    }

    /** Returns the query of a request for the history as JSON. */
    static FormParameters readForHistory(HttpServletRequest request) {
        FormParameters query = parseQuery(request, HISTORY_PARAMETERS);
        for (String name : StreamParameters.NAMES) {
            if (query.getFirst(name) != null) {
                throw new ProblemException(
                        400,
                        "The parameter '" + name
                                + "' is for streams, but the request accepts JSON. Use 'after' and 'limit',"
                                + " or send Accept: text/event-stream.");
            }
        }
        return query;
    }

    /** Returns the topics that the path or the query names; may be empty. */
    static List<Topic> read(HttpServletRequest request, FormParameters query) {
        List<String> names = query.getAll("topic");
        // RequestFilter has checked that the path begins literally with these two.
        int start = request.getContextPath().length() + request.getServletPath().length() + 1;
        String path = request.getRequestURI();
        if (path.length() > start) {
            if (!names.isEmpty()) {
                throw new ProblemException(
                        400,
                        "The request names topics in the path and in the query."
                                + " Use one of them, for example /sse?topic=a&topic=b.");
            }
            // Not getPathInfo(): servers normalize it in different ways. A plus sign in a path is no space.
            String name = FormDecoder.decode(path.substring(start).replace("+", "%2B"));
            checkPath(name);
            names = List.of(name);
        }
        if (names.size() > Topic.MAX_PER_REQUEST) {
            throw new ProblemException(
                    400,
                    "The request names " + names.size() + " topics. A stream or an event has at most "
                            + Topic.MAX_PER_REQUEST + ".");
        }
        return names.stream().map(RequestTopics::toTopic).toList();
    }

    static FormParameters parseQuery(HttpServletRequest request, ParameterNames allowed) {
        try {
            FormParameters query = FormParameters.parseQuery(request.getQueryString());
            allowed.check(query.names());
            return query;
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "The query is invalid: " + invalid.getMessage() + '.');
        }
    }

    /** Rejects paths that proxies and servers normalize differently: empty segments, {@code .} and {@code ..}. */
    private static void checkPath(String name) {
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new ProblemException(
                        400,
                        "The topic \"" + name + "\" has an empty segment, or one that is '.' or '..'."
                                + " Name it in the query: /sse?topic=...");
            }
        }
    }

    private static Topic toTopic(String name) {
        if (name.isEmpty() || name.getBytes(UTF_8).length > Topic.MAX_BYTES) {
            throw new ProblemException(400, "A topic must have 1 to " + Topic.MAX_BYTES + " bytes in UTF-8.");
        }
        try {
            return new Topic(name);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This cannot be a topic: " + invalid.getMessage() + '.');
        }
    }
}
