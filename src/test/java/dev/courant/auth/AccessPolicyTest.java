package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ProblemException;
import dev.courant.topic.TopicPatterns;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AccessPolicyTest {

    private static final AccessRights TOKEN = new AccessRights(
            List.of(
                    new TopicGrant(Set.of(TopicAction.PUBLISH), List.of(new TestDialect.Name("p")), null),
                    new TopicGrant(Set.of(TopicAction.SUBSCRIBE), List.of(new TestDialect.Name("s")), null),
                    new TopicGrant(Set.of(TopicAction.KICK), List.of(new TestDialect.Name("k")), null)),
            null,
            null,
            "f");
    private static final String MISSING_TOKEN = "401 Bearer realm=\"hub\"";
    private static final String INSUFFICIENT = "403 Bearer error=\"insufficient_scope\"";

    private final AccessPolicy policy = new AccessPolicy(new BearerChallenge(null), TopicPatterns.of("open/**"));
    private final AccessPolicy closedPolicy =
            new AccessPolicy(new BearerChallenge(TestAuthenticator.METADATA), TopicPatterns.of(""));

    @Test
    void requiresAGrantForEachTopicOfAnEvent() {
        assertDoesNotThrow(() -> policy.checkPublish(TOKEN, List.of("p")));
        assertDoesNotThrow(() -> policy.checkPublish(TOKEN, List.of("p", "open/x")));
        assertEquals(INSUFFICIENT, refusal(() -> policy.checkPublish(TOKEN, List.of("p", "s"))));
        assertEquals(INSUFFICIENT, refusal(() -> policy.checkPublish(TOKEN, List.of("k"))));
        assertEquals(INSUFFICIENT, refusal(() -> policy.checkPublish(TOKEN, List.of())));
    }

    @Test
    void allowsOnlyAnonymousTopicsWithoutAToken() {
        assertDoesNotThrow(() -> policy.checkPublish(AccessRights.ANONYMOUS, List.of("open/x", "open/y/z")));
        assertEquals(MISSING_TOKEN, refusal(() -> policy.checkPublish(AccessRights.ANONYMOUS, List.of("open/x", "p"))));
        assertEquals(MISSING_TOKEN, refusal(() -> policy.checkPublish(AccessRights.ANONYMOUS, List.of())));
    }

    @Test
    void requiresTheGrantOfTheActionItself() {
        assertDoesNotThrow(() -> policy.check(TOKEN, TopicAction.SUBSCRIBE, "s"));
        assertDoesNotThrow(() -> policy.check(TOKEN, TopicAction.KICK, "k"));
        assertEquals(INSUFFICIENT, refusal(() -> policy.check(TOKEN, TopicAction.SUBSCRIBE, "k")));
        assertEquals(INSUFFICIENT, refusal(() -> policy.check(TOKEN, TopicAction.KICK, "s")));
        assertEquals(MISSING_TOKEN, refusal(() -> policy.check(AccessRights.ANONYMOUS, TopicAction.SUBSCRIBE, "s")));
        assertEquals(MISSING_TOKEN, refusal(() -> policy.check(AccessRights.ANONYMOUS, TopicAction.KICK, "open/x")));
    }

    @Test
    void aChallengePointsToTheMetadata() {
        assertEquals(
                "403 Bearer error=\"insufficient_scope\", resource_metadata=\"" + TestAuthenticator.METADATA + '"',
                refusal(() -> closedPolicy.check(TOKEN, TopicAction.KICK, "s")));
        assertThrows(IllegalArgumentException.class, () -> new BearerChallenge("https://hub.example/\", x=\""));
        assertThrows(IllegalArgumentException.class, () -> new BearerChallenge("https://hub.example/\r\nX: y"));
    }

    private static String refusal(Executable action) {
        ProblemException refused = assertThrows(ProblemException.class, action);
        return refused.problem().status() + " " + refused.headers().get("WWW-Authenticate");
    }
}
