package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** The hub reports outages of its log, by which a load balancer decides whether to send clients. */
class LogOutageTest {

    private final TestHistoryLog log = new TestHistoryLog(5);
    private final Hub hub = new ThreadlessHub(log, Runnable::run).hub;

    @Test
    void isReportedAsLongAsTheLogReportsIt() {
        assertNull(hub.findOutage());
        log.unavailable = true;
        assertEquals("The disk is full.", hub.findOutage());
        log.unavailable = false;
        assertNull(hub.findOutage());
    }
}
