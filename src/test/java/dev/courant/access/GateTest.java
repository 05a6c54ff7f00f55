package dev.courant.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GateTest {

    private static final Access TOKEN = Access.of(
            List.of(
                    new Grant(Set.of(Action.PUBLISH), List.of(new Dialect.Name("p"))),
                    new Grant(Set.of(Action.SUBSCRIBE), List.of(new Dialect.Name("s"))),
                    new Grant(Set.of(Action.KICK), List.of(new Dialect.Name("k")))),
            List.of(),
            null,
            null,
            "f");
    private static final String NEEDED = "401 Bearer realm=\"hub\"";
    private static final String INSUFFICIENT = "403 Bearer error=\"insufficient_scope\"";

    private final Gate gate = new Gate(new Challenge(null), TopicPatterns.of("open/**"), true);
    private final Gate closed = new Gate(new Challenge(TestDoor.METADATA), TopicPatterns.of(""), false);

    @Test
    void eachTopicOfAnEventHasToBeGranted() {
        assertDoesNotThrow(() -> gate.publish(TOKEN, List.of("p")));
        assertDoesNotThrow(() -> gate.publish(TOKEN, List.of("p", "open/x")));
        assertEquals(INSUFFICIENT, refusal(() -> gate.publish(TOKEN, List.of("p", "s"))));
        assertEquals(INSUFFICIENT, refusal(() -> gate.publish(TOKEN, List.of("k"))));
        assertEquals(INSUFFICIENT, refusal(() -> gate.publish(TOKEN, List.of())));
    }

    @Test
    void withoutATokenOnlyWhatIsOpenIsPublished() {
        assertDoesNotThrow(() -> gate.publish(Access.ANONYMOUS, List.of("open/x", "open/y/z")));
        assertEquals(NEEDED, refusal(() -> gate.publish(Access.ANONYMOUS, List.of("open/x", "p"))));
        assertEquals(NEEDED, refusal(() -> gate.publish(Access.ANONYMOUS, List.of())));
    }

    @Test
    void subscribingTakesATokenWhereItIsNotOpen() {
        assertDoesNotThrow(() -> gate.subscribe(Access.ANONYMOUS));
        assertDoesNotThrow(() -> closed.subscribe(TOKEN));
        assertEquals(
                "401 Bearer resource_metadata=\"" + TestDoor.METADATA + '"',
                refusal(() -> closed.subscribe(Access.ANONYMOUS)));
    }

    @Test
    void whatIsPrivateIsGrantedByNothingElse() {
        assertDoesNotThrow(() -> gate.read(TOKEN, "s"));
        assertDoesNotThrow(() -> gate.kick(TOKEN, "k"));
        assertEquals(INSUFFICIENT, refusal(() -> gate.read(TOKEN, "k")));
        assertEquals(INSUFFICIENT, refusal(() -> gate.kick(TOKEN, "s")));
        assertEquals(NEEDED, refusal(() -> gate.read(Access.ANONYMOUS, "s")));
        assertEquals(NEEDED, refusal(() -> gate.kick(Access.ANONYMOUS, "open/x")));
    }

    @Test
    void aChallengePointsToTheMetadata() {
        assertEquals(
                "403 Bearer error=\"insufficient_scope\", resource_metadata=\"" + TestDoor.METADATA + '"',
                refusal(() -> closed.kick(TOKEN, "s")));
        assertThrows(IllegalArgumentException.class, () -> new Challenge("https://hub.example/\", x=\""));
        assertThrows(IllegalArgumentException.class, () -> new Challenge("https://hub.example/\r\nX: y"));
    }

    private static String refusal(Executable act) {
        ProblemException refused = assertThrows(ProblemException.class, act);
        return refused.problem().status() + " " + refused.headers().get("WWW-Authenticate");
    }
}
