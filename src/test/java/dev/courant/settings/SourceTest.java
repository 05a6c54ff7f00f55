package dev.courant.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceTest {

    private static final String NAME = "courant.window.max-events";

    private final Map<String, String> properties = Map.of(NAME, "property");
    private final Map<String, String> environment = Map.of("COURANT_WINDOW_MAX_EVENTS", "environment");
    private final Source others = Map.of(NAME, "other")::get;

    @Test
    void propertiesComeFirst() {
        assertEquals(
                "property", Source.inTurn(properties::get, environment, others).get(NAME));
    }

    @Test
    void theEnvironmentComesSecond() {
        assertEquals(
                "environment", Source.inTurn(name -> null, environment, others).get(NAME));
    }

    @Test
    void theOthersComeLast() {
        assertEquals("other", Source.inTurn(name -> null, Map.of(), others).get(NAME));
    }

    @Test
    void whatNobodyKnowsIsNotSet() {
        assertNull(Source.inTurn(name -> null, Map.of(), name -> null).get(NAME));
    }

    @Test
    void readsTheSystemsProperties() {
        String name = "courant.test.only-here";
        System.setProperty(name, "7");
        try {
            assertEquals("7", Source.ofThisServer().get(name));
        } finally {
            System.clearProperty(name);
        }
        assertNull(Source.ofThisServer().get(name));
    }
}
