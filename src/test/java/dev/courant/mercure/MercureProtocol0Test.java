package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.AccessRights;
import dev.courant.auth.TopicAction;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MercureProtocol0Test {

    private final MercureProtocol dialect = TestProtocols.OLD;

    @Test
    void readsTopicsAsNamesTemplatesOrAll() {
        List<TopicMatcher> matchers =
                dialect.matchers(MercureForm.ofQuery("topic=a&topic=/books/{id}&topic=*&topic={&match=x"));

        assertEquals(
                List.of("a", "/books/{id}", "*", "{"),
                matchers.stream().map(TopicMatcher::text).toList());
        assertTrue(matchers.get(0).selector().matches("a"));
        assertTrue(matchers.get(1).selector().matches("/books/1"));
        assertFalse(matchers.get(1).selector().matches("/books/1/2"));
        assertTrue(matchers.get(1).selector().matches("/books/{id}"), "the very same string");
        assertTrue(matchers.get(2).selector().matches("anything"));
        assertTrue(matchers.get(3).selector().matches("{"), "no template, so it stands for itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "match=a", "topic=", "topic=a%0Ab", "Topic=a"})
    void refusesWhatNamesNoTopic(String query) {
        assertThrows(IllegalArgumentException.class, () -> dialect.matchers(MercureForm.ofQuery(query)));
    }

    @Test
    void readsTheLastEventIdAsOldAndNewClientsSayIt() {
        assertEquals("#a-1", dialect.lastEventId(MercureForm.ofQuery("topic=a&lastEventID=%23a-1")));
        assertEquals("#a-1", dialect.lastEventId(MercureForm.ofQuery("topic=a&Last-Event-ID=%23a-1")));
        assertEquals(
                "#a-2", dialect.lastEventId(MercureForm.ofQuery("topic=a&Last-Event-ID=%23a-1&lastEventID=%23a-2")));
        assertEquals("#a-1", dialect.lastEventId(MercureForm.ofQuery("topic=a&lastEventId=%23a-1")));
        assertNull(dialect.lastEventId(MercureForm.ofQuery("topic=a&last_event_id=%23a-1")));
    }

    @Test
    void readsGrantsAndOnePayloadForAll() {
        AccessRights access = access("{'mercure':{'publish':['a','/books/{id}'],'subscribe':['*'],'payload':['x',1]}}");

        assertTrue(access.may(TopicAction.PUBLISH, "a"));
        assertTrue(access.may(TopicAction.PUBLISH, "/books/1"));
        assertFalse(access.may(TopicAction.PUBLISH, "b"));
        assertTrue(access.may(TopicAction.SUBSCRIBE, "b"));
        assertFalse(access.may(TopicAction.KICK, "b"));
        assertEquals("[\"x\",1]", access.payload("whatever"));
    }

    @Test
    void grantsNothingThatIsNotThere() {
        assertFalse(access("{}").may(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{}}").may(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':[]}}").may(TopicAction.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':null}}").may(TopicAction.PUBLISH, "a"));
        assertNull(access("{'mercure':{'subscribe':['*']}}").payload("a"));
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
    void refusesATokenWhoseGrantsAreMalformed(String claims) {
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> access(claims));
        assertTrue(
                thrown instanceof IllegalArgumentException || thrown instanceof ClassCastException, thrown::toString);
    }

    @Test
    void takesATokenFromTheAddressOnlyIfThatIsWanted() {
        assertNull(dialect.parameterName());
        assertEquals(
                "authorization",
                MercureProtocols.of(true, true, TestProtocols.HUB).parameterName());
        assertNull(MercureProtocols.of(false, true, TestProtocols.HUB).parameterName(), "never in 1.0");
    }

    @Test
    void issuesWhatItWouldRead() {
        AccessRights access = access(dialect.claims(Set.of(TopicAction.PUBLISH)).toString());
        assertTrue(access.may(TopicAction.PUBLISH, "anything"));
        assertFalse(access.may(TopicAction.SUBSCRIBE, "anything"));
    }

    private AccessRights access(String claims) {
        JsonObject json = TestProtocols.json(claims);
        return AccessRights.of(dialect.grants(json), dialect.payloads(json), null, null, "token");
    }
}
