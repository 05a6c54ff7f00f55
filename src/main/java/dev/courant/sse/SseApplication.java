package dev.courant.sse;

import dev.courant.problem.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The JAX-RS door. Below {@code /}, since an application there would hide the page. */
@ApplicationPath("sse")
public class SseApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(StreamResource.class, PublishResource.class, TopicFilter.class, ProblemMapper.class);
    }

    /** Jersey else answers {@code OPTIONS} with a WADL of its own; other servers do not know the property. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
