package dev.courant.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsSourceTest {

    private static final String NAME = "courant.window.max-events";

    private final Map<String, String> properties = Map.of(NAME, "property");
    private final Map<String, String> environment = Map.of("COURANT_WINDOW_MAX_EVENTS", "environment");
    private final SettingsSource others = Map.of(NAME, "other")::get;

    @Test
    void propertiesComeFirst() {
        assertEquals(
                "property",
                SettingsSource.inTurn(properties::get, environment, others).get(NAME));
    }

    @Test
    void theEnvironmentComesSecond() {
        assertEquals(
                "environment",
                SettingsSource.inTurn(name -> null, environment, others).get(NAME));
    }

    @Test
    void theOthersComeLast() {
        assertEquals(
                "other", SettingsSource.inTurn(name -> null, Map.of(), others).get(NAME));
    }

    @Test
    void whatNobodyKnowsIsNotSet() {
        assertNull(SettingsSource.inTurn(name -> null, Map.of(), name -> null).get(NAME));
    }

    @Test
    void readsTheSystemsProperties() {
        String name = "courant.test.only-here";
        System.setProperty(name, "7");
        try {
            assertEquals("7", SettingsSource.ofThisServer().get(name));
        } finally {
            System.clearProperty(name);
        }
        assertNull(SettingsSource.ofThisServer().get(name));
    }
}
