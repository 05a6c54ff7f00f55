package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AccessPolicyTest {

    private static final AccessRights TOKEN = AccessRights.of(
            List.of(
                    new TopicGrant(Set.of(TopicAction.PUBLISH), List.of(new TestDialect.Name("p"))),
                    new TopicGrant(Set.of(TopicAction.SUBSCRIBE), List.of(new TestDialect.Name("s"))),
                    new TopicGrant(Set.of(TopicAction.KICK), List.of(new TestDialect.Name("k")))),
            List.of(),
            null,
            null,
            "f");
    private static final String NEEDED = "401 Bearer realm=\"hub\"";
    private static final String INSUFFICIENT = "403 Bearer error=\"insufficient_scope\"";

    private final AccessPolicy gate = new AccessPolicy(new BearerChallenge(null), TopicPatterns.of("open/**"), true);
    private final AccessPolicy closed =
            new AccessPolicy(new BearerChallenge(TestAuthenticator.METADATA), TopicPatterns.of(""), false);

    @Test
    void eachTopicOfAnEventHasToBeGranted() {
        assertDoesNotThrow(() -> gate.checkPublish(TOKEN, List.of("p")));
        assertDoesNotThrow(() -> gate.checkPublish(TOKEN, List.of("p", "open/x")));
        assertEquals(INSUFFICIENT, refusal(() -> gate.checkPublish(TOKEN, List.of("p", "s"))));
        assertEquals(INSUFFICIENT, refusal(() -> gate.checkPublish(TOKEN, List.of("k"))));
        assertEquals(INSUFFICIENT, refusal(() -> gate.checkPublish(TOKEN, List.of())));
    }

    @Test
    void withoutATokenOnlyWhatIsOpenIsPublished() {
        assertDoesNotThrow(() -> gate.checkPublish(AccessRights.ANONYMOUS, List.of("open/x", "open/y/z")));
        assertEquals(NEEDED, refusal(() -> gate.checkPublish(AccessRights.ANONYMOUS, List.of("open/x", "p"))));
        assertEquals(NEEDED, refusal(() -> gate.checkPublish(AccessRights.ANONYMOUS, List.of())));
    }

    @Test
    void subscribingTakesATokenWhereItIsNotOpen() {
        assertDoesNotThrow(() -> gate.checkSubscribe(AccessRights.ANONYMOUS));
        assertDoesNotThrow(() -> closed.checkSubscribe(TOKEN));
        assertEquals(
                "401 Bearer resource_metadata=\"" + TestAuthenticator.METADATA + '"',
                refusal(() -> closed.checkSubscribe(AccessRights.ANONYMOUS)));
    }

    @Test
    void whatIsPrivateIsGrantedByNothingElse() {
        assertDoesNotThrow(() -> gate.checkRead(TOKEN, "s"));
        assertDoesNotThrow(() -> gate.checkKick(TOKEN, "k"));
        assertEquals(INSUFFICIENT, refusal(() -> gate.checkRead(TOKEN, "k")));
        assertEquals(INSUFFICIENT, refusal(() -> gate.checkKick(TOKEN, "s")));
        assertEquals(NEEDED, refusal(() -> gate.checkRead(AccessRights.ANONYMOUS, "s")));
        assertEquals(NEEDED, refusal(() -> gate.checkKick(AccessRights.ANONYMOUS, "open/x")));
    }

    @Test
    void aChallengePointsToTheMetadata() {
        assertEquals(
                "403 Bearer error=\"insufficient_scope\", resource_metadata=\"" + TestAuthenticator.METADATA + '"',
                refusal(() -> closed.checkKick(TOKEN, "s")));
        assertThrows(IllegalArgumentException.class, () -> new BearerChallenge("https://hub.example/\", x=\""));
        assertThrows(IllegalArgumentException.class, () -> new BearerChallenge("https://hub.example/\r\nX: y"));
    }

    private static String refusal(Executable act) {
        ProblemException refused = assertThrows(ProblemException.class, act);
        return refused.problem().status() + " " + refused.headers().get("WWW-Authenticate");
    }
}
