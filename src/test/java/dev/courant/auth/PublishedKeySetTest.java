package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.P256;
import static dev.courant.auth.TestAuthenticator.RSA;
import static dev.courant.auth.TestAuthenticator.jwk;
import static dev.courant.auth.TestAuthenticator.jwks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeySetTest {

    private final FakeSource source = new FakeSource();
    private long now;
    private final PublishedKeySet keys =
            new PublishedKeySet(source, SignatureAlgorithms.parse(""), Executors.defaultThreadFactory(), () -> now);

    @BeforeEach
    void published() {
        source.text = jwks(jwk("1", RSA));
    }

    @Test
    void withoutKeysTokensAreRefusedUntilThereAreSome() {
        source.text = null;
        keys.refreshIfDue();
        assertThrows(ProblemException.class, () -> keys.find("RS256", null));
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> new TestAuthenticator(keys, TestDialect.STRICT)
                        .access(TokenAttacks.rsa("", TestAuthenticator.claims(""))));
        assertEquals(503, refused.problem().status());
        assertEquals("10", refused.headers().get("Retry-After"));

        source.text = jwks(jwk("1", RSA));
        pass(Duration.ofSeconds(10));
        keys.refreshIfDue();

        assertEquals(1, found("1"));
    }

    @Test
    void keysAreReadAgainEveryFiveMinutes() {
        keys.refreshIfDue();
        source.text = jwks(jwk("2", RSA));
        pass(Duration.ofSeconds(299));
        keys.refreshIfDue();
        assertEquals(1, source.reads.get());

        pass(Duration.ofSeconds(1));
        keys.refreshIfDue();
        assertEquals(2, source.reads.get());
        assertEquals(0, found("1"), "a withdrawn key");
        assertEquals(1, found("2"));
    }

    @Test
    void refreshesAtAnUnknownKid() {
        keys.refreshIfDue();
        pass(Duration.ofSeconds(30));
        source.text = jwks(jwk("1", RSA), jwk("2", RSA));

        assertThrows(ProblemException.class, () -> found("2"));
        keys.refreshIfDue();
        assertEquals(1, found("2"));
    }

    @Test
    void unknownKidsCannotFloodTheIssuer() {
        keys.refreshIfDue();
        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(100));
            try {
                assertEquals(0, found("none" + i));
            } catch (ProblemException requested) {
                keys.refreshIfDue();
            }
        }
        assertEquals(4, source.reads.get(), "once, and every 30 seconds");
    }

    @Test
    void requestsDoNotWaitForTheSource() {
        keys.refreshIfDue();
        pass(Duration.ofSeconds(30));
        source.whileReading = () -> {
            assertThrows(ProblemException.class, () -> found("2"), "the source has not responded yet");
            pass(Duration.ofMinutes(1));
            assertThrows(ProblemException.class, () -> found("2"));
            assertEquals(1, found("1"), "tokens with other keys are verified meanwhile");
        };
        assertThrows(ProblemException.class, () -> found("2"));
        assertEquals(1, source.reads.get(), "the request did not read");
        keys.refreshIfDue();
        assertEquals(2, source.reads.get());

        source.whileReading = () -> {};
        assertThrows(ProblemException.class, () -> found("2"), "a minute has passed");
        keys.refreshIfDue();
        assertEquals(0, found("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[1,null,{}]}"})
    void keepsTheLastKeysIfTheSourceFails(String garbage) {
        keys.refreshIfDue();
        source.text = garbage;
        pass(Duration.ofMinutes(5));
        keys.refreshIfDue();

        assertEquals(2, source.reads.get());
        assertEquals(1, found("1"));
    }

    @Test
    void retriesSoonAfterAFailure() {
        keys.refreshIfDue();
        source.text = null;
        pass(Duration.ofMinutes(5));
        keys.refreshIfDue();
        source.text = jwks(jwk("2", P256));
        pass(Duration.ofSeconds(10));
        keys.refreshIfDue();

        assertEquals(1, keys.find("ES256", "2").size());
    }

    @Test
    void continuesAfterAnyExceptionOfTheSource() {
        source.failure = new IllegalStateException("unexpected");
        keys.refreshIfDue();
        source.failure = null;
        pass(Duration.ofSeconds(10));
        keys.refreshIfDue();

        assertEquals(1, found("1"));
    }

    private int found(String kid) {
        return keys.find("RS256", kid).size();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static final class FakeSource extends JwksSource {

        final AtomicInteger reads = new AtomicInteger();
        String text;
        RuntimeException failure;
        Runnable whileReading = () -> {};

        FakeSource() {
            super(URI.create("https://issuer.example/keys"), Duration.ofSeconds(5), System::nanoTime);
        }

        @Override
        byte[] read() throws UnusableException {
            reads.incrementAndGet();
            whileReading.run();
            if (failure != null) {
                throw failure;
            }
            return new TestAuthenticator.TestJwks(text).read();
        }
    }
}
