package dev.courant.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.TopicSelector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {

    @Test
    void thoseWhoMayReadTheSameAreServedTogether() {
        TopicSelector readable = access(reading("a", "b")).readable();
        assertEquals(readable, access(reading("b", "a")).readable());
        assertEquals(readable, access(reading("b"), reading("a")).readable());
        assertEquals(
                readable.hashCode(),
                access(reading("b"), reading("a")).readable().hashCode());
        assertNotEquals(readable, access(reading("a")).readable());
        assertTrue(readable.matches("b"));
        assertFalse(readable.matches("c"));
    }

    @Test
    void whoeverMayReadNothingPrivateIsServedWithEveryone() {
        Access publisher = access(new Grant(Set.of(Action.PUBLISH), List.of(new Dialect.Name("*"))));
        assertEquals(Access.ANONYMOUS.readable(), publisher.readable());
        assertFalse(publisher.readable().matches("a"));
    }

    @Test
    void anActionIsGrantedOnTheTopicsBesideItAlone() {
        Access access =
                access(reading("r"), new Grant(Set.of(Action.PUBLISH, Action.KICK), List.of(new Dialect.Name("p"))));
        assertTrue(
                access.may(Action.PUBLISH, "p") && access.may(Action.KICK, "p") && access.may(Action.SUBSCRIBE, "r"));
        assertFalse(access.may(Action.PUBLISH, "r") || access.may(Action.SUBSCRIBE, "p"));
        for (Action action : Action.values()) {
            assertFalse(Access.ANONYMOUS.may(action, "p"));
        }
    }

    @Test
    void theFirstPayloadThatIsMeantForAMatcherCounts() {
        Access access = Access.of(
                List.of(), List.of(payload("1", "a"), payload("2", "a", "b"), payload("3", "*")), null, null, "f");
        assertEquals("{\"n\":1}", access.payload("a"));
        assertEquals("{\"n\":2}", access.payload("b"));
        assertEquals("{\"n\":3}", access.payload("c"));
        assertNull(Access.ANONYMOUS.payload("a"));
    }

    private static Access access(Grant... grants) {
        return Access.of(List.of(grants), List.of(), null, null, "f");
    }

    private static Grant reading(String... topics) {
        return new Grant(Set.of(Action.SUBSCRIBE), names(topics));
    }

    private static Payload payload(String n, String... matchers) {
        return new Payload(names(matchers), "{\"n\":" + n + '}');
    }

    private static List<TopicSelector> names(String... names) {
        return Arrays.stream(names)
                .map(name -> (TopicSelector) new Dialect.Name(name))
                .toList();
    }
}
