package dev.courant.ops;

import dev.courant.http.JerseySettings;
import dev.courant.http.ProblemMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The JAX-RS application for operators. It requires no token, so its responses must contain nothing confidential. */
@ApplicationPath("ops")
public class OpsApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(HealthResource.class, ProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return JerseySettings.ALL;
    }
}
