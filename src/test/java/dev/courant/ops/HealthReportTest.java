package dev.courant.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class HealthReportTest {

    @Test
    void isAlwaysLive() {
        Response answer = HealthReport.live();
        assertEquals(200, answer.getStatus());
        assertEquals("{\"status\":\"UP\",\"checks\":[]}", answer.getEntity());
    }

    @Test
    void isReadyWithoutTrouble() {
        Response answer = HealthReport.ready(null);
        assertEquals(200, answer.getStatus());
        assertEquals("{\"status\":\"UP\",\"checks\":[{\"name\":\"hub\",\"status\":\"UP\"}]}", answer.getEntity());
        assertEquals("application/json", answer.getHeaderString("Content-Type"));
        assertEquals("no-store", answer.getHeaderString("Cache-Control"));
        assertNull(answer.getHeaderString("Retry-After"));
    }

    @Test
    void reportsTheTroubleAndWhenToRetry() {
        Response answer = HealthReport.ready("No \"broker\" answers.");
        assertEquals(503, answer.getStatus());
        assertEquals(
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"hub\",\"status\":\"DOWN\"}],"
                        + "\"reason\":\"No \\\"broker\\\" answers.\"}",
                answer.getEntity());
        assertEquals("application/json", answer.getHeaderString("Content-Type"));
        assertEquals("no-store", answer.getHeaderString("Cache-Control"));
        assertEquals("5", answer.getHeaderString("Retry-After"));
    }
}
