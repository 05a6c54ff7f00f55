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

    private static final String PUBLISHER = TokenForge.signed(
            TestAuthenticator.header("RS256", ",\"kid\":\"rsa\""),
            TestAuthenticator.claims(""),
            TestAuthenticator.RSA.getPrivate(),
            "SHA256withRSA");

    private final AccessFilter closed = TestAuthenticator.strict().filter;
    private final AccessFilter open =
            new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.STRICT, "open", true).filter;

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void requiresATokenUnlessAnonymousClientsMaySubscribeOrPublish(String method) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> closed.check(new AuthExchange(method).request()));
        assertEquals(401, refused.problem().status());
        assertEquals(
                "Bearer resource_metadata=\"" + TestAuthenticator.METADATA + '"',
                refused.headers().get("WWW-Authenticate"));

        open.check(new AuthExchange(method).request());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void storesTheRightsForTheResource(String method) {
        HttpServletRequest request = new AuthExchange(method)
                .with("Authorization", "Bearer " + PUBLISHER)
                .request();
        assertSame(AccessRights.ANONYMOUS, AccessFilter.getRights(request));
        closed.check(request);
        assertFalse(AccessFilter.getRights(request).isAnonymous());
    }

    @Test
    void leavesOtherMethodsToTheResource() {
        HttpServletRequest request = new AuthExchange("DELETE").request();
        closed.check(request);
        assertSame(AccessRights.ANONYMOUS, AccessFilter.getRights(request));
    }
}
