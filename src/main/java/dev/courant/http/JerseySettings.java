package dev.courant.http;

import java.util.Map;

/** What Jersey is asked to leave; other JAX-RS implementations do not know these names. */
public final class JerseySettings {

    /** It answers {@code OPTIONS} with a WADL of its own. */
    public static final Map<String, Object> ALL = Map.of("jersey.config.server.wadl.disableWadl", true);

    private JerseySettings() {}
}
