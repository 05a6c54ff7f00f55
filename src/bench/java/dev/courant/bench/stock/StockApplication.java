package dev.courant.bench.stock;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** At the root, with nothing else. */
@ApplicationPath("/")
public class StockApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(StockTopic.class);
    }
}
