package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.AccessRights;
import dev.courant.auth.TopicAction;
import dev.courant.http.FormParameters;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MercureProtocol0Test {

    private final MercureProtocol protocol = TestProtocols.VERSION_0;

    @Test
    void parsesTopicsAsNamesTemplatesOrWildcard() {
        List<TopicMatcher> matchers =
                protocol.parseMatchers(FormParameters.parseQuery("topic=a&topic=/books/{id}&topic=*&topic={&match=x"));

        assertEquals(
                List.of("a", "/books/{id}", "*", "{"),
                matchers.stream().map(TopicMatcher::text).toList());
        assertTrue(matchers.get(0).selector().matches("a"));
        assertTrue(matchers.get(1).selector().matches("/books/1"));
        assertFalse(matchers.get(1).selector().matches("/books/1/2"));
        assertTrue(matchers.get(1).selector().matches("/books/{id}"), "a template matches its own text");
        assertTrue(matchers.get(2).selector().matches("anything"));
        assertTrue(matchers.get(3).selector().matches("{"), "a malformed template matches its own text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "match=a", "topic=", "topic=a%0Ab", "Topic=a"})
    void rejectsQueryWithoutValidTopic(String query) {
        assertThrows(IllegalArgumentException.class, () -> protocol.parseMatchers(FormParameters.parseQuery(query)));
    }

    @Test
    void findsLastEventIdUnderEachParameterName() {
        assertEquals("#a-1", protocol.findLastEventId(FormParameters.parseQuery("topic=a&lastEventID=%23a-1")));
        assertEquals("#a-1", protocol.findLastEventId(FormParameters.parseQuery("topic=a&Last-Event-ID=%23a-1")));
        assertEquals(
                "#a-2",
                protocol.findLastEventId(FormParameters.parseQuery("topic=a&Last-Event-ID=%23a-1&lastEventID=%23a-2")));
        assertEquals("#a-1", protocol.findLastEventId(FormParameters.parseQuery("topic=a&lastEventId=%23a-1")));
        assertNull(protocol.findLastEventId(FormParameters.parseQuery("topic=a&last_event_id=%23a-1")));
    }

    @Test
    void readsGrantsAndOnePayloadForAllSubscriptions() {
        AccessRights access = access("{'mercure':{'publish':['a','/books/{id}'],'subscribe':['*'],'payload':['x',1]}}");

        assertTrue(access.hasGrant(TopicAction.PUBLISH, "a"));
        assertTrue(access.hasGrant(TopicAction.PUBLISH, "/books/1"));
        assertFalse(access.hasGrant(TopicAction.PUBLISH, "b"));
        assertTrue(access.hasGrant(TopicAction.SUBSCRIBE, "b"));
        assertFalse(access.hasGrant(TopicAction.KICK, "b"));
        assertEquals("[\"x\",1]", access.findPayload("whatever"));
    }

    @Test
    void grantsNothingWithoutClaim() {
        assertFalse(access("{}").hasGrant(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{}}").hasGrant(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':[]}}").hasGrant(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':null}}").hasGrant(TopicAction.PUBLISH, "a"));
        assertNull(access("{'mercure':{'subscribe':['*']}}").findPayload("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mercure':5}",
                "{'mercure':{'publish':'*'}}",
                "{'mercure':{'publish':[5]}}",
                "{'mercure':{'subscribe':{}}}",
                "{'mercure':{'subscribe':['a\\nb']}}"
            })
    void rejectsTokenWithMalformedGrants(String claims) {
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> access(claims));
        assertTrue(
                thrown instanceof IllegalArgumentException || thrown instanceof ClassCastException, thrown::toString);
    }

    @Test
    void acceptsTokenInQueryOnlyIfEnabled() {
        assertNull(protocol.parameterName());
        assertEquals(
                "authorization",
                MercureProtocols.of(true, true, TestProtocols.HUB).parameterName());
        assertNull(MercureProtocols.of(false, true, TestProtocols.HUB).parameterName(), "never in 1.0");
    }

    @Test
    void createsClaimsThatItReads() {
        AccessRights access =
                access(protocol.createClaims(Set.of(TopicAction.PUBLISH)).toString());
        assertTrue(access.hasGrant(TopicAction.PUBLISH, "anything"));
        assertFalse(access.hasGrant(TopicAction.SUBSCRIBE, "anything"));
    }

    private AccessRights access(String claims) {
        JsonObject json = TestProtocols.parseJson(claims);
        return new AccessRights(protocol.readGrants(json), null, null, "token");
    }
}
