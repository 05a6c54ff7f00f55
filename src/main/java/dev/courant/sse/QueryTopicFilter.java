package dev.courant.sse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;

/**
 * A JAX-RS filter that directs {@code GET /sse?topic=} to the method for {@code GET /sse/{topic}}. JAX-RS chooses a method by
 * the path only.
 */
@PreMatching
public class QueryTopicFilter implements ContainerRequestFilter {

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        if (context.getMethod().equals(HttpMethod.GET)
                && !TopicFilter.topics(request).isEmpty()) {
            context.setRequestUri(context.getUriInfo().getBaseUri().resolve("topics"));
        }
    }
}
