package dev.courant.mercure;

import dev.courant.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The door of the Mercure protocol, and what stands beside it by other standards. */
@ApplicationPath(".well-known")
public class MercureApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(HubResource.class, SubscriptionsResource.class, MetadataResource.class, ProblemMapper.class);
    }

    /** Jersey else answers {@code OPTIONS} with a WADL of its own; other servers do not know the property. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
