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
 * Reads the topics that a request names, and refuses what cannot be a topic before a resource is called: once there is a
 * sink, Jersey takes the response for a stream, and an exception ends it without an answer.
 */
public class TopicFilter implements ContainerRequestFilter {

    /** On one connection; each costs a place in the audiences. */
    private static final int MOST_TOPICS = 100;

    private static final ParameterNames READING = new ParameterNames(Set.of("topic", "lastEventId", "heartbeat"));
    private static final ParameterNames PUBLISHING =
            new ParameterNames(Set.of("topic", "type", "id", "retry", "private"));

    @Context
    private HttpServletRequest servletRequest;

    private record RequestedTopics(List<Topic> topics) {}

    /** Returns the topics that the request names, none if it names none. */
    static List<Topic> topics(HttpServletRequest request) {
        return RequestContext.get(request, RequestedTopics.class).topics();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> names = new ArrayList<>();
        boolean publishing = request.getMethod().equals("POST");
        (publishing ? PUBLISHING : READING)
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
                    400, "The topic is named in the path or by ?topic=, not both. For several: /sse?topic=a&topic=b");
        }
        names.addAll(inQuery);
        if (names.size() > MOST_TOPICS) {
            throw new ProblemException(
                    400, "One stream carries " + MOST_TOPICS + " topics at the most, and so does an event.");
        }
        List<Topic> topics = names.stream().map(TopicFilter::topic).toList();
        RequestContext.put(servletRequest, RequestedTopics.class, new RequestedTopics(topics));
    }

    /** Proxies and servers take empty segments, {@code .} and {@code ..} for ways, each in its own manner. */
    private static void checkPath(String name) {
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new ProblemException(
                        400,
                        "A topic in the path has no empty segment and none that is '.' or '..';"
                                + " any other topic is read and published to by /sse?topic=...");
            }
        }
    }

    private static Topic topic(String name) {
        if (name.isEmpty() || name.getBytes(UTF_8).length > Topic.MAX_BYTES) {
            throw new ProblemException(400, "A topic has 1 to " + Topic.MAX_BYTES + " bytes of UTF-8.");
        }
        try {
            return new Topic(name);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This cannot be a topic: " + invalid.getMessage() + '.');
        }
    }
}
