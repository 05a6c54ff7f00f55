package dev.courant.mercure;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Has the page say where the hub is: the specification's section "Hub Discovery". */
public final class DiscoveryFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final Set<String> PAGE = Set.of("/", "/index.html");

    private final transient HubAddress hub;

    public DiscoveryFilter(HubAddress hub) {
        this.hub = hub;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Most servers map files to the default servlet, Open Liberty to any path.
        String below = request.getPathInfo();
        if (PAGE.contains(request.getServletPath() + (below == null ? "" : below))) {
            response.addHeader("Link", "<" + hub.reference() + ">; rel=\"mercure\"");
        }
        chain.doFilter(request, response);
    }
}
