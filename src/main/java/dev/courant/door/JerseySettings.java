package dev.courant.door;

import java.util.Map;

/** What Jersey is asked to leave; other JAX-RS implementations do not know these names. */
public final class JerseySettings {

    public static final Map<String, Object> ALL = Map.of(
            // It answers OPTIONS with a WADL of its own.
            "jersey.config.server.wadl.disableWadl",
            true,
            // It has the server answer with an error page where there is no body, even if nobody is left to read it.
            "jersey.config.server.response.setStatusOverSendError",
            true);

    private JerseySettings() {}
}
