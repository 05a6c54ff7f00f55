package dev.courant.mercure;

import dev.courant.http.EndedStreamMapper;
import dev.courant.http.JerseySettings;
import dev.courant.http.ProblemMapper;
import dev.courant.http.RefusedStreamMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The JAX-RS application below {@code /.well-known}: the Mercure protocol and the OAuth metadata. */
@ApplicationPath(".well-known")
public class MercureApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                MercureResource.class,
                SubscriptionsResource.class,
                OAuthMetadataResource.class,
                ProblemMapper.class,
                RefusedStreamMapper.class,
                EndedStreamMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return JerseySettings.ALL;
    }
}
