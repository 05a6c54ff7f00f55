package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFilterTest {

    private static final String TOKEN = TokenForge.signed(
            TestAuthenticator.header("RS256", ",\"kid\":\"rsa\""),
            TestAuthenticator.claims(""),
            TestAuthenticator.RSA.getPrivate(),
            "SHA256withRSA");

    private final AccessFilter closed = TestAuthenticator.strict().filter;
    private final AccessFilter open =
            new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.STRICT, true).filter;

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void requiresATokenToSubscribeUnlessAnonymousClientsMay(String method) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> closed.check(new AuthExchange(method).request()));
        assertEquals(401, refused.problem().status());
        assertEquals(
                "Bearer resource_metadata=\"" + TestAuthenticator.METADATA + '"',
                refused.headers().get("WWW-Authenticate"));

        open.check(new AuthExchange(method).request());
    }

    @Test
    void storesTheRightsForTheResource() {
        HttpServletRequest request = AuthExchange.bearing(TOKEN).request();
        assertSame(AccessRights.ANONYMOUS, AccessFilter.getRights(request));
        closed.check(request);
        assertFalse(AccessFilter.getRights(request).isAnonymous());
    }

    @Test
    void leavesPublicationsWithoutATokenToTheAccessPolicy() {
        HttpServletRequest request = new AuthExchange("POST").request();
        closed.check(request);
        assertSame(AccessRights.ANONYMOUS, AccessFilter.getRights(request));
    }
}
