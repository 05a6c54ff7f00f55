package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.support.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedTokenLogTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may wrap around
    private final RefusedTokenLog log = new RefusedTokenLog(now::get);
    private final LogCapture capture = new LogCapture();

    @AfterEach
    void release() {
        capture.close();
    }

    @Test
    void logsEachReasonOnce() {
        for (String reason : List.of("it is expired", "it is revoked", "it has no exp", "its typ is not at+jwt")) {
            log.log(reason);
            log.log(reason);
        }

        assertEquals(
                List.of(
                        "A token was refused: it is expired",
                        "A token was refused: it is revoked",
                        "A token was refused: it has no exp",
                        "A token was refused: its typ is not at+jwt"),
                capture.messages());
    }

    @Test
    void countsUnloggedRefusals() {
        for (int i = 0; i < 1000; i++) {
            log.log("it is expired");
        }
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        log.log("it is expired");
        log.log("it is expired");

        assertEquals(
                List.of(
                        "A token was refused: it is expired",
                        "A token was refused: it is expired (and 999 more since it was last logged)"),
                capture.messages());
    }
}
