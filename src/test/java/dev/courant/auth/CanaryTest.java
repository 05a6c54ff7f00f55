package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.SECRET;
import static dev.courant.auth.TestAuthenticator.claims;
import static dev.courant.auth.TestAuthenticator.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.http.ProblemException;
import dev.courant.support.LogCapture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets and tokens must not appear in logs at any level, in messages or in headers. */
class CanaryTest {

    private static final String MARK = "CANARY";

    /** All levels of all loggers would include the headers that the JDK sends. */
    private final LogCapture log = new LogCapture("dev.courant.auth", "org.jose4j");

    private final List<String> output = new ArrayList<>();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void omitsTokensOfAttacks() {
        TestAuthenticator authenticator = TestAuthenticator.strict();
        for (String token : TokenAttacks.all().values()) {
            ProblemException refused = assertThrows(ProblemException.class, () -> authenticator.access(token));
            addStackTrace(refused);
            output.add(refused.headers() + refused.problem().toJson());
            Stream.of(token.split("\\.")).filter(part -> part.length() > 12).forEach(this::assertOmitted);
        }
        assertTrue(log.messages().contains("A token was refused: it is expired"), "the log was captured");
        assertOmitted("issuer.example");
    }

    @Test
    void omitsTokensOfMalformedRequests() {
        TestAuthenticator authenticator = new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.LAX);
        for (AuthExchange exchange : new AuthExchange[] {
            AuthExchange.get().with("Authorization", "Bearer " + MARK + " " + MARK),
            AuthExchange.get().with("Authorization", MARK, MARK),
            AuthExchange.get().query("authorization=" + MARK + "&authorization=" + MARK),
            AuthExchange.get().cookie("session", MARK).cookie("session", MARK + "2"),
            new AuthExchange("POST").cookie("session", MARK).with("Origin", "https://" + MARK),
            AuthExchange.bearing(MARK),
            AuthExchange.bearing(MARK + '.' + MARK + '.' + MARK)
        }) {
            ProblemException refused = assertThrows(ProblemException.class, () -> authenticator.access(exchange));
            addStackTrace(refused);
            output.add(refused.headers() + refused.problem().toJson());
        }
        assertOmitted(MARK);
    }

    @Test
    void omitsAcceptedTokens() {
        String token = TokenForge.hmac(
                header("HS256", ",\"" + MARK + "\":1"),
                claims(",\"subscribe\":[\"" + MARK + "\"],\"payload\":{\"x\":\"" + MARK + "\"}"),
                SECRET);
        VerificationKeys keys = VerificationKeys.of(new String(SECRET, UTF_8), "");
        AccessRights access = new TestAuthenticator(keys, TestDialect.STRICT).access(token);

        assertTrue(String.valueOf(access.findPayload("any")).contains(MARK), "the payload contains it");
        output.addAll(Stream.of(access, keys, keys.find("HS256", null), access.grants())
                .map(String::valueOf)
                .toList());
        assertOmitted(MARK);
        assertOmitted(new String(SECRET, UTF_8));
        assertOmitted(token);
    }

    @Test
    void omitsInvalidSettings() {
        for (String key : new String[] {
            MARK,
            "{\"k\":\"" + MARK + "\"}",
            "-----BEGIN PRIVATE KEY-----" + MARK,
            "-----BEGIN PUBLIC KEY-----" + MARK,
            "-----BEGIN " + MARK + "-----" + MARK + "-----END " + MARK + "-----"
        }) {
            addStackTrace(assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of(key, "")));
        }
        addStackTrace(
                assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of(MARK.repeat(10), "RS256")));
        addStackTrace(assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of(MARK.repeat(10), MARK)));
        addStackTrace(
                assertThrows(IllegalArgumentException.class, () -> JwksSource.of("https://u:" + MARK + "@h.example/")));
        addStackTrace(assertThrows(IllegalArgumentException.class, () -> JwksSource.of("https://h.example/ ?" + MARK)));
        assertOmitted(MARK);
    }

    @Test
    void omitsTheQueryOfAKeySetThatCannotBeRead() {
        // Nothing listens on this port of this machine.
        JwksSource source = JwksSource.of("http://127.0.0.1:1/keys?token=" + MARK);
        new PublishedKeySet(source, SignatureAlgorithms.parse(""), Executors.defaultThreadFactory(), () -> 0)
                .refreshIfDue();
        TestAuthenticator.keys("{\"keys\":[{\"" + MARK + "\":1}]" + MARK, "");

        assertTrue(log.messages().stream().anyMatch(line -> line.contains("http://127.0.0.1:1/keys cannot be used")));
        assertOmitted(MARK);
    }

    private void addStackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        output.add(trace.toString());
    }

    private void assertOmitted(String mark) {
        Stream.concat(output.stream(), log.lines().stream()).forEach(line -> assertFalse(line.contains(mark), line));
    }
}
