package dev.courant.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.Topic;
import dev.courant.http.ParameterNames;
import dev.courant.http.ProblemException;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A filter that reads the topics of a request and rejects invalid ones before a resource is called. Once a resource has
 * a sink, Jersey treats the response as a stream, and an exception ends it without an error response.
 */
public class TopicFilter implements ContainerRequestFilter {

    /** The maximum for one stream or event. */
    private static final int MAX_TOPICS = 100;

    private static final ParameterNames SUBSCRIBE_PARAMETERS =
            new ParameterNames(Set.of("topic", "lastEventId", "heartbeat"));
    private static final ParameterNames PUBLISH_PARAMETERS =
            new ParameterNames(Set.of("topic", "type", "id", "retry", "private"));

    @Context
    private HttpServletRequest servletRequest;

    private record RequestedTopics(List<Topic> topics) {}

    /** Returns the topics that the request names; may be empty. */
    static List<Topic> topics(HttpServletRequest request) {
        return RequestContext.get(request, RequestedTopics.class).topics();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> names = new ArrayList<>();
        boolean publishing = request.getMethod().equals("POST");
        (publishing ? PUBLISH_PARAMETERS : SUBSCRIBE_PARAMETERS)
                .check(request.getUriInfo().getQueryParameters().keySet());
        if (!publishing) {
            ParameterNames.checkHeartbeat(
                    request.getUriInfo().getQueryParameters().getFirst("heartbeat"));
        }
        names.addAll(request.getUriInfo().getPathParameters().getOrDefault("topic", List.of()));
        names.forEach(TopicFilter::checkPath);
        List<String> inQuery = request.getUriInfo().getQueryParameters().getOrDefault("topic", List.of());
        if (!names.isEmpty() && !inQuery.isEmpty()) {
            throw new ProblemException(
                    400,
                    "The request names topics in the path and in the query."
                            + " Use one of them, for example /sse?topic=a&topic=b.");
        }
        names.addAll(inQuery);
        if (names.size() > MAX_TOPICS) {
            throw new ProblemException(
                    400,
                    "The request names " + names.size() + " topics. A stream or an event has at most " + MAX_TOPICS
                            + ".");
        }
        List<Topic> topics = names.stream().map(TopicFilter::topic).toList();
        RequestContext.put(servletRequest, RequestedTopics.class, new RequestedTopics(topics));
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
