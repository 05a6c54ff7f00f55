package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class RevokedTokensTest {

    private static final Instant START = TestAuthenticator.NOW;

    private Instant now = START;
    private final RevokedTokens revoked = new RevokedTokens(2, new ManualClock());

    @Test
    void aTokenIsRefusedUntilItExpires() {
        revoked.revoke("a", START.plusSeconds(10));
        assertTrue(revoked.contains("a"));
        assertFalse(revoked.contains("b"));
        now = START.plusSeconds(10);
        assertFalse(revoked.contains("a"));
    }

    @Test
    void refusesATokenWithoutExpiryIndefinitely() {
        revoked.revoke("a", null);
        now = START.plusSeconds(1L << 32);
        assertTrue(revoked.contains("a"));
    }

    @Test
    void keepsAllTokensIfFull() {
        assertTrue(revoked.revoke("a", START.plusSeconds(10)));
        assertTrue(revoked.revoke("b", null));
        assertFalse(revoked.revoke("c", null));
        assertTrue(revoked.contains("a") && revoked.contains("b"));
    }

    @Test
    void removesExpiredTokensIfFull() {
        revoked.revoke("a", START.plusSeconds(10));
        revoked.revoke("b", START.plusSeconds(20));
        now = START.plusSeconds(10);
        assertTrue(revoked.revoke("c", null));
        assertFalse(revoked.revoke("d", null));
        assertTrue(revoked.contains("b"));
    }

    @Test
    void keepsTheLaterExpiry() {
        revoked.revoke("a", START.plusSeconds(10));
        revoked.revoke("b", null);
        assertTrue(revoked.revoke("a", START.plusSeconds(5)));
        now = START.plusSeconds(9);
        assertTrue(revoked.contains("a"));
    }

    private final class ManualClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
