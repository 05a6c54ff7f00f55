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
        names.addAll(request.getUriInfo().getQueryParameters().getOrDefault("topic", List.of()));
        if (names.size() > MOST_TOPICS) {
            throw new ProblemException(400, "One stream carries " + MOST_TOPICS + " topics at the most.");
        }
        names.forEach(TopicFilter::check);
    }

    private static void check(String name) {
        try {
            new Topic(name);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This cannot be a topic: " + invalid.getMessage() + '.');
        }
    }
}
