package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.http.CookieOriginCheck;
import dev.courant.settings.AllowedOrigins;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of a token in a request, and the pages whose cookie is accepted. */
class CookieTest {

    private static final String GOOD = TokenAttacks.rsa("", TestAuthenticator.claims(""));

    private final TestAuthenticator strict = TestAuthenticator.strict();
    private final TestAuthenticator lax = new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.LAX);

    @ParameterizedTest
    @CsvSource({
        "https://hub.example, , true",
        "https://app.example, , true",
        "https://hub.example:443, , true",
        "http://hub.example, , false",
        "https://hub.example:8443, , false",
        "https://hub.example.evil.example, , false",
        "https://evil.example, , false",
        "null, , false",
        "'', , false",
        "https://evil.example, https://hub.example/, false",
        "'null', https://hub.example/, false",
        ", https://hub.example/page?x#y, true",
        ", https://app.example, true",
        ", https://evil.example/https://hub.example/, false",
        ", https://hub.example@evil.example/, false",
        ", https://hub.example\\@evil.example/, false",
        ", about:blank, false",
        ", //hub.example/, false",
        ", hub.example, false",
        ", , false"
    })
    void withACookieOnlyListedPagesPublish(String origin, String referer, boolean allowed) {
        for (String method : new String[] {"POST", "DELETE", "PUT", "PATCH", "post", "ANY"}) {
            AuthExchange exchange = new AuthExchange(method)
                    .cookie("session", GOOD)
                    .with("Origin", origin)
                    .with("Referer", referer);
            assertEquals(allowed ? "none: AccessRights[token]" : "403 ", strict.refusal(exchange), method);
        }
    }

    @Test
    void refusesTwoOrigins() {
        AuthExchange exchange = new AuthExchange("POST")
                .cookie("session", GOOD)
                .with("Origin", "https://hub.example", "https://hub.example");
        assertEquals("403 ", strict.refusal(exchange));
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example, hub.example, true",
        "https://hub.example, hub.example:443, true",
        "http://hub.example:8080, hub.example:8080, true",
        "http://[::1]:8080, '[::1]:8080', true",
        "https://hub.example, Hub.Example, true",
        "https://hub.example:8443, hub.example, false",
        "https://evil.example, hub.example, false",
        "https://evil.example, , false",
        "null, null, false",
        "chrome-extension://hub.example, hub.example, false",
        "https://hub.example, hub.example/x, false"
    })
    void withoutAPublicUrlTheHostCounts(String origin, String host, boolean allowed) {
        CookieOriginCheck check = new CookieOriginCheck(null, new AllowedOrigins(List.of()));
        AuthExchange exchange = new AuthExchange("POST").with("Origin", origin).with("Host", host);
        assertEquals(allowed, check.isAllowed(exchange.request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readingIsNotHeldToAnOrigin(String method) {
        assertFalse(
                strict.access(new AuthExchange(method).cookie("session", GOOD)).isAnonymous());
    }

    @Test
    void aHeaderIsNotHeldToAnOriginForNoBrowserAddsIt() {
        AuthExchange exchange =
                new AuthExchange("POST").with("Authorization", "Bearer " + GOOD).cookie("session", "x");
        assertFalse(strict.access(exchange).isAnonymous());
    }

    @Test
    void withAHeaderTheCookieDoesNotCount() {
        assertTrue(strict.access(
                        AuthExchange.get().with("Authorization", "Basic eDp5").cookie("session", GOOD))
                .isAnonymous());
        assertTrue(strict.access(
                        AuthExchange.get().with("Authorization", "Bearers x").cookie("session", GOOD))
                .isAnonymous());
        assertEquals(
                "401 Bearer error=\"invalid_token\"",
                strict.refusal(AuthExchange.bearing("bad").cookie("session", GOOD)));
    }

    @Test
    void theQueryCountsWhereTheDialectHasIt() {
        AuthExchange exchange = AuthExchange.get().query("topic=x&authorization=" + GOOD);
        assertFalse(lax.access(exchange).isAnonymous());
        assertTrue(strict.access(exchange).isAnonymous());
        assertFalse(lax.access(AuthExchange.get().query("%61uthorization=" + GOOD + "&%zz=%zz&&="))
                .isAnonymous());
    }

    @Test
    void theQueryWinsOverTheCookieAndTheHeaderOverBoth() {
        assertFalse(lax.access(AuthExchange.get().query("authorization=" + GOOD).cookie("session", "bad"))
                .isAnonymous());
        assertEquals(
                "401 Bearer error=\"invalid_token\"",
                lax.refusal(AuthExchange.get().query("authorization=").cookie("session", GOOD)));
        assertFalse(lax.access(AuthExchange.bearing(GOOD).query("authorization=bad&authorization=worse"))
                .isAnonymous());
    }

    @Test
    void twoTokensOfAKindAreAMalformedRequest() {
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                lax.refusal(AuthExchange.get().query("authorization=" + GOOD + "&authorization=" + GOOD)));
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                strict.refusal(AuthExchange.get().cookie("session", GOOD).cookie("session", "x")));
    }

    @Test
    void theSameCookieTwiceOrAnEmptyOneDoesNoHarm() {
        assertFalse(strict.access(AuthExchange.get().cookie("session", GOOD).cookie("session", GOOD))
                .isAnonymous());
        assertTrue(strict.access(AuthExchange.get().cookie("session", "").cookie("other", GOOD))
                .isAnonymous());
    }
}
