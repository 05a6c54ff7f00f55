package dev.courant.ops;

import dev.courant.hub.Hub;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code GET /ops/health/live} and {@code GET /ops/health/ready}: JSON, whatever a probe says that it accepts. */
@Path("health")
@RequestScoped
public class HealthResource {

    @Inject
    private Hub hub;

    /** {@code 200} for as long as anything is answered: only a restart helps one who is not. */
    @GET
    @Path("live")
    public Response live() {
        return HealthReport.live();
    }

    /** {@code 503} while events cannot be published or followed here, and clients had better be sent elsewhere. */
    @GET
    @Path("ready")
    public Response ready() {
        return HealthReport.ready(hub.findOutage());
    }
}
