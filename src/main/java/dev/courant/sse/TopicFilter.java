package dev.courant.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.http.FormDecoder;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/** A filter that reads the topics and the query of a request to {@code /sse}, and refuses invalid ones. */
public final class TopicFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    /** The maximum for one stream or event. */
    private static final int MAX_TOPICS = 100;

    private static final ParameterNames SUBSCRIBE_PARAMETERS =
            new ParameterNames(Set.of("topic", "lastEventId", "heartbeat"));
    private static final ParameterNames PUBLISH_PARAMETERS =
            new ParameterNames(Set.of("topic", "type", "id", "retry", "private"));

    private record TopicRequest(List<Topic> topics, FormParameters query) {}

    /** Returns the topics that the request names; may be empty. */
    static List<Topic> topics(HttpServletRequest request) {
        return RequestContext.get(request, TopicRequest.class).topics();
    }

    static FormParameters query(HttpServletRequest request) {
        return RequestContext.get(request, TopicRequest.class).query();
    }

    @Override
    protected void check(HttpServletRequest request) {
        boolean publishing = request.getMethod().equals("POST");
        if (!publishing
                && !request.getMethod().equals("GET")
                && !request.getMethod().equals("HEAD")) {
            return;
        }
        FormParameters query = parseQuery(request);
        (publishing ? PUBLISH_PARAMETERS : SUBSCRIBE_PARAMETERS).check(query.names());
        if (!publishing) {
            ParameterNames.checkHeartbeat(query.getFirst("heartbeat"));
        }
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
        if (names.size() > MAX_TOPICS) {
            throw new ProblemException(
                    400,
                    "The request names " + names.size() + " topics. A stream or an event has at most " + MAX_TOPICS
                            + ".");
        }
        List<Topic> topics = names.stream().map(TopicFilter::topic).toList();
        RequestContext.put(request, TopicRequest.class, new TopicRequest(topics, query));
    }

    private static FormParameters parseQuery(HttpServletRequest request) {
        try {
            return FormParameters.parseQuery(request.getQueryString());
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

    private static Topic topic(String name) {
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
