package dev.courant.auth;

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

class AccessRightsTest {

    @Test
    void equalGrantsGiveEqualSelectors() {
        TopicSelector readable = rights(reading("a", "b")).readableTopics();
        assertEquals(readable, rights(reading("b", "a")).readableTopics());
        assertEquals(readable, rights(reading("b"), reading("a")).readableTopics());
        assertEquals(
                readable.hashCode(),
                rights(reading("b"), reading("a")).readableTopics().hashCode());
        assertNotEquals(readable, rights(reading("a")).readableTopics());
        assertTrue(readable.matches("b"));
        assertFalse(readable.matches("c"));
    }

    @Test
    void publishersWithoutSubscribeGrantsHaveTheAnonymousSelector() {
        AccessRights publisher =
                rights(new TopicGrant(Set.of(TopicAction.PUBLISH), List.of(new TestDialect.Name("*")), null));
        assertEquals(AccessRights.ANONYMOUS.readableTopics(), publisher.readableTopics());
        assertFalse(publisher.readableTopics().matches("a"));
    }

    @Test
    void grantsAnActionOnlyOnItsOwnTopics() {
        AccessRights rights = rights(
                reading("r"),
                new TopicGrant(
                        Set.of(TopicAction.PUBLISH, TopicAction.KICK), List.of(new TestDialect.Name("p")), null));
        assertTrue(rights.hasGrant(TopicAction.PUBLISH, "p")
                && rights.hasGrant(TopicAction.KICK, "p")
                && rights.hasGrant(TopicAction.SUBSCRIBE, "r"));
        assertFalse(rights.hasGrant(TopicAction.PUBLISH, "r") || rights.hasGrant(TopicAction.SUBSCRIBE, "p"));
        for (TopicAction action : TopicAction.values()) {
            assertFalse(AccessRights.ANONYMOUS.hasGrant(action, "p"));
        }
    }

    @Test
    void findsTheFirstPayloadForAMatcher() {
        AccessRights rights = rights(reading("a"), payload("1", "a"), payload("2", "a", "b"), payload("3", "*"));
        assertEquals("{\"n\":1}", rights.findPayload("a"));
        assertEquals("{\"n\":2}", rights.findPayload("b"));
        assertEquals("{\"n\":3}", rights.findPayload("c"));
        assertNull(AccessRights.ANONYMOUS.findPayload("a"));
    }

    private static AccessRights rights(TopicGrant... grants) {
        return new AccessRights(List.of(grants), null, null, "f");
    }

    private static TopicGrant reading(String... topics) {
        return new TopicGrant(Set.of(TopicAction.SUBSCRIBE), names(topics), null);
    }

    private static TopicGrant payload(String n, String... matchers) {
        return new TopicGrant(Set.of(), names(matchers), "{\"n\":" + n + '}');
    }

    private static List<TopicSelector> names(String... names) {
        return Arrays.stream(names)
                .map(name -> (TopicSelector) new TestDialect.Name(name))
                .toList();
    }
}
