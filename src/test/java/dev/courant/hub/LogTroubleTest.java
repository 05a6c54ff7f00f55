package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Whether clients can be sent here. */
class LogTroubleTest {

    private final KeptLog log = new KeptLog(5);
    private final Hub hub = new ThreadlessHub(log, Runnable::run).hub;

    @Test
    void isTheLogsAndPassesWithIt() {
        assertNull(hub.trouble());
        log.unavailable = true;
        assertEquals("It is gone.", hub.trouble());
        log.unavailable = false;
        assertNull(hub.trouble());
    }
}
