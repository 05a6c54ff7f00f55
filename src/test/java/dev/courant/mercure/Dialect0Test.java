package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.access.Access;
import dev.courant.access.Action;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Dialect0Test {

    private final Dialect dialect = Hubs.OLD;

    @Test
    void readsTopicsAsNamesTemplatesOrAll() {
        List<Matcher> matchers = dialect.matchers(Form.ofQuery("topic=a&topic=/books/{id}&topic=*&topic={&match=x"));

        assertEquals(
                List.of("a", "/books/{id}", "*", "{"),
                matchers.stream().map(Matcher::text).toList());
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
        assertThrows(IllegalArgumentException.class, () -> dialect.matchers(Form.ofQuery(query)));
    }

    @Test
    void readsTheLastEventIdAsOldAndNewClientsSayIt() {
        assertEquals("#a-1", dialect.lastEventId(Form.ofQuery("topic=a&lastEventID=%23a-1")));
        assertEquals("#a-1", dialect.lastEventId(Form.ofQuery("topic=a&Last-Event-ID=%23a-1")));
        assertEquals("#a-2", dialect.lastEventId(Form.ofQuery("topic=a&Last-Event-ID=%23a-1&lastEventID=%23a-2")));
        assertEquals("#a-1", dialect.lastEventId(Form.ofQuery("topic=a&lastEventId=%23a-1")));
        assertNull(dialect.lastEventId(Form.ofQuery("topic=a&last_event_id=%23a-1")));
    }

    @Test
    void readsGrantsAndOnePayloadForAll() {
        Access access = access("{'mercure':{'publish':['a','/books/{id}'],'subscribe':['*'],'payload':['x',1]}}");

        assertTrue(access.may(Action.PUBLISH, "a"));
        assertTrue(access.may(Action.PUBLISH, "/books/1"));
        assertFalse(access.may(Action.PUBLISH, "b"));
        assertTrue(access.may(Action.SUBSCRIBE, "b"));
        assertFalse(access.may(Action.KICK, "b"));
        assertEquals("[\"x\",1]", access.payload("whatever"));
    }

    @Test
    void grantsNothingThatIsNotThere() {
        assertFalse(access("{}").may(Action.PUBLISH, "a"));
        assertFalse(access("{'mercure':{}}").may(Action.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':[]}}").may(Action.PUBLISH, "a"));
        assertFalse(access("{'mercure':{'publish':null}}").may(Action.PUBLISH, "a"));
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
        assertEquals("authorization", Dialects.of(true, true, Hubs.HUB).parameterName());
        assertNull(Dialects.of(false, true, Hubs.HUB).parameterName(), "never in 1.0");
    }

    @Test
    void issuesWhatItWouldRead() {
        Access access = access(dialect.claims(Set.of(Action.PUBLISH)).toString());
        assertTrue(access.may(Action.PUBLISH, "anything"));
        assertFalse(access.may(Action.SUBSCRIBE, "anything"));
    }

    private Access access(String claims) {
        JsonObject json = Hubs.json(claims);
        return Access.of(dialect.grants(json), dialect.payloads(json), null, null, "token");
    }
}
