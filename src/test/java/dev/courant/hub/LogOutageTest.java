package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Whether clients can be sent here. */
class LogOutageTest {

    private final TestHistoryLog log = new TestHistoryLog(5);
    private final Hub hub = new ThreadlessHub(log, Runnable::run).hub;

    @Test
    void isTheLogsAndPassesWithIt() {
        assertNull(hub.findOutage());
        log.unavailable = true;
        assertEquals("It is gone.", hub.findOutage());
        log.unavailable = false;
        assertNull(hub.findOutage());
    }
}
