package dev.courant.sse;

import dev.courant.http.StreamAccept;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/**
 * A filter that chooses the history for a client that prefers JSON. JAX-RS alone would choose a stream for {@code Accept:
 * application/json, *}{@code /*}, which several HTTP libraries send by default.
 */
@PreMatching
public class JsonPreferenceFilter implements ContainerRequestFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    @Override
    public void filter(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (accept != null && METHODS.contains(request.getMethod()) && StreamAccept.prefersJson(accept)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, "application/json");
        }
    }
}
