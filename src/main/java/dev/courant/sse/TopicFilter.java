package dev.courant.sse;

import dev.courant.event.Topic;
import dev.courant.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what cannot be a topic before a resource is called: once there is a sink, Jersey takes the response for a
 * stream, and an exception ends it without an answer.
 */
public class TopicFilter implements ContainerRequestFilter {

    /** On one connection; each costs a place in the audiences. */
    private static final int MOST_TOPICS = 100;

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> names = new ArrayList<>();
        names.addAll(request.getUriInfo().getPathParameters().getOrDefault("topic", List.of()));
        names.forEach(TopicFilter::checkPath);
        names.addAll(request.getUriInfo().getQueryParameters().getOrDefault("topic", List.of()));
        if (names.size() > MOST_TOPICS) {
            throw new ProblemException(
                    400, "One stream carries " + MOST_TOPICS + " topics at the most, and so does an event.");
        }
        names.forEach(TopicFilter::check);
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

    private static void check(String name) {
        try {
            new Topic(name);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This cannot be a topic: " + invalid.getMessage() + '.');
        }
    }
}
