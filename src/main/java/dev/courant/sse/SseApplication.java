package dev.courant.sse;

import dev.courant.http.EndedStreamMapper;
import dev.courant.http.JerseySettings;
import dev.courant.http.ProblemMapper;
import dev.courant.http.RefusedStreamMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The JAX-RS application at {@code /sse}. At {@code /} it would hide the static page. */
@ApplicationPath("sse")
public class SseApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                StreamResource.class,
                HistoryResource.class,
                JsonPreferenceFilter.class,
                PublishResource.class,
                ProblemMapper.class,
                RefusedStreamMapper.class,
                EndedStreamMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return JerseySettings.ALL;
    }
}
