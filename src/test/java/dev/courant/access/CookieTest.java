package dev.courant.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is found, and which pages may have a browser send it. */
class CookieTest {

    private static final String GOOD = Attacks.rsa("", TestDoor.claims(""));

    private final TestDoor strict = TestDoor.strict();
    private final TestDoor lax = new TestDoor(TestDoor.allKeys(""), Dialect.LAX);

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
            Exchange exchange = new Exchange(method)
                    .cookie("session", GOOD)
                    .with("Origin", origin)
                    .with("Referer", referer);
            assertEquals(allowed ? "none: Access[token]" : "403 ", strict.refusal(exchange), method);
        }
    }

    @Test
    void twoOriginsAreNone() {
        Exchange exchange = new Exchange("POST")
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
        OwnPages pages = new OwnPages(null, Origins.of(""));
        Exchange exchange = new Exchange("POST").with("Origin", origin).with("Host", host);
        assertEquals(allowed, pages.sent(exchange.request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readingIsNotHeldToAnOrigin(String method) {
        assertFalse(strict.access(new Exchange(method).cookie("session", GOOD)).isAnonymous());
    }

    @Test
    void aHeaderIsNotHeldToAnOriginForNoBrowserAddsIt() {
        Exchange exchange =
                new Exchange("POST").with("Authorization", "Bearer " + GOOD).cookie("session", "x");
        assertFalse(strict.access(exchange).isAnonymous());
    }

    @Test
    void withAHeaderTheCookieDoesNotCount() {
        assertTrue(
                strict.access(Exchange.get().with("Authorization", "Basic eDp5").cookie("session", GOOD))
                        .isAnonymous());
        assertTrue(
                strict.access(Exchange.get().with("Authorization", "Bearers x").cookie("session", GOOD))
                        .isAnonymous());
        assertEquals(
                "401 Bearer error=\"invalid_token\"",
                strict.refusal(Exchange.bearing("bad").cookie("session", GOOD)));
    }

    @Test
    void theQueryCountsWhereTheDialectHasIt() {
        Exchange exchange = Exchange.get().query("topic=x&authorization=" + GOOD);
        assertFalse(lax.access(exchange).isAnonymous());
        assertTrue(strict.access(exchange).isAnonymous());
        assertFalse(lax.access(Exchange.get().query("%61uthorization=" + GOOD + "&%zz=%zz&&="))
                .isAnonymous());
    }

    @Test
    void theQueryWinsOverTheCookieAndTheHeaderOverBoth() {
        assertFalse(lax.access(Exchange.get().query("authorization=" + GOOD).cookie("session", "bad"))
                .isAnonymous());
        assertEquals(
                "401 Bearer error=\"invalid_token\"",
                lax.refusal(Exchange.get().query("authorization=").cookie("session", GOOD)));
        assertFalse(lax.access(Exchange.bearing(GOOD).query("authorization=bad&authorization=worse"))
                .isAnonymous());
    }

    @Test
    void twoTokensOfAKindAreAMalformedRequest() {
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                lax.refusal(Exchange.get().query("authorization=" + GOOD + "&authorization=" + GOOD)));
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                strict.refusal(Exchange.get().cookie("session", GOOD).cookie("session", "x")));
    }

    @Test
    void theSameCookieTwiceOrAnEmptyOneDoesNoHarm() {
        assertFalse(strict.access(Exchange.get().cookie("session", GOOD).cookie("session", GOOD))
                .isAnonymous());
        assertTrue(strict.access(Exchange.get().cookie("session", "").cookie("other", GOOD))
                .isAnonymous());
    }

    @Test
    void thePublicUrlHasToHaveAnOrigin() {
        Origins none = Origins.of("");
        assertThrows(IllegalArgumentException.class, () -> new OwnPages("hub.example", none));
    }
}
