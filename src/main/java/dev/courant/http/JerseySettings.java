package dev.courant.http;

import java.util.Map;

/** Settings for Jersey. Other JAX-RS implementations ignore them. */
public final class JerseySettings {

    /** Disables the WADL that Jersey returns for {@code OPTIONS}. */
    public static final Map<String, Object> ALL = Map.of("jersey.config.server.wadl.disableWadl", true);

    private JerseySettings() {}
}
