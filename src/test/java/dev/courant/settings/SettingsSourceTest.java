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
    void prefersSystemProperties() {
        assertEquals(
                "property",
                SettingsSource.firstOf(properties::get, environment, others).get(NAME));
    }

    @Test
    void prefersTheEnvironmentToOthers() {
        assertEquals(
                "environment",
                SettingsSource.firstOf(name -> null, environment, others).get(NAME));
    }

    @Test
    void readsOthersLast() {
        assertEquals(
                "other", SettingsSource.firstOf(name -> null, Map.of(), others).get(NAME));
    }

    @Test
    void returnsNullIfNoSourceHasAValue() {
        assertNull(SettingsSource.firstOf(name -> null, Map.of(), name -> null).get(NAME));
    }

    @Test
    void readsSystemPropertiesOfTheServer() {
        String name = "courant.test.only-here";
        System.setProperty(name, "7");
        try {
            assertEquals("7", SettingsSource.ofServer().get(name));
        } finally {
            System.clearProperty(name);
        }
        assertNull(SettingsSource.ofServer().get(name));
    }
}
