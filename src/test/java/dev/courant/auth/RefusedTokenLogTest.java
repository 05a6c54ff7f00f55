package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedTokenLogTest {

    private static final Logger LOGGER = Logger.getLogger(RefusedTokenLog.class.getName());

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may wrap around
    private final RefusedTokenLog log = new RefusedTokenLog(now::get);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            lines.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void capture() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.setLevel(Level.INFO);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void release() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(null);
        LOGGER.setUseParentHandlers(true);
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
                lines);
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
                lines);
    }
}
