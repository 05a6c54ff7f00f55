package dev.courant.bench.stock;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application of the smallest WAR, at the root. */
@ApplicationPath("/")
public class StockApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(StockTopic.class);
    }
}
