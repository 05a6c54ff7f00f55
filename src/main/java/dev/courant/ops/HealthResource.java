package dev.courant.ops;

import dev.courant.hub.Hub;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/**
 * The resource of {@code GET /ops/health/live} and {@code GET /ops/health/ready}. It returns JSON, whatever the
 * {@code Accept} header of the probe is.
 */
@Path("health")
@ApplicationScoped
public class HealthResource {

    @Inject
    private Hub hub;

    /** Returns {@code 200}. An application that does not respond needs a restart. */
    @GET
    @Path("live")
    public Response live() {
        return HealthReport.live();
    }

    /**
     * Returns {@code 503} while events cannot be published or delivered here. A load balancer should then use another
     * node.
     */
    @GET
    @Path("ready")
    public Response ready() {
        return HealthReport.ready(hub.findOutage());
    }
}
