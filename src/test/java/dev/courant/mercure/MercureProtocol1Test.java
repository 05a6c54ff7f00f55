package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.AccessRights;
import dev.courant.auth.TopicAction;
import dev.courant.http.FormParameters;
import dev.courant.http.ParameterNames;
import dev.courant.stream.StreamParameters;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MercureProtocol1Test {

    private static final String TYPE = "'type':'https://mercure.rocks/authorization-detail'";

    private final MercureProtocol protocol = TestProtocols.VERSION_1;

    @Test
    void parsesMatchersOfEachType() {
        List<TopicMatcher> matchers = protocol.parseMatchers(FormParameters.parseQuery(
                "match=a&match_exact=b%2Fc&match_urlpattern=/books/:id" + "&x=1&match=*&topic=ignored"));

        assertEquals(
                List.of("exact", "exact", "urlpattern", "exact"),
                matchers.stream().map(TopicMatcher::type).toList());
        assertEquals(
                List.of("a", "b/c", "/books/:id", "*"),
                matchers.stream().map(TopicMatcher::text).toList());
        assertTrue(matchers.get(1).selector().matches("b/c"));
        assertFalse(matchers.get(1).selector().matches("b/C"));
        assertTrue(matchers.get(2).selector().matches("https://hub.example.com/books/1"));
        assertTrue(matchers.get(3).selector().matches("anything"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "topic=a",
                "Match=a",
                "MATCH=a",
                "match_=a",
                "match_URLPattern=a",
                "match_regexp=a",
                "matches=a",
                "match=ok&matchx",
                "match=",
                "match=a%0Ab",
                "match=a%E2%80%8Bb",
                "match_urlpattern=",
                "match_urlpattern=(",
                "match_urlpattern=https://example.com/:id/:id",
                "match_urlpattern=/a%00"
            })
    void rejectsUnknownMatchParametersAndInvalidValues(String query) {
        assertThrows(IllegalArgumentException.class, () -> protocol.parseMatchers(FormParameters.parseQuery(query)));
    }

    @Test
    void findsLastEventIdUnderEachParameterName() {
        assertEquals("#a-1", protocol.findLastEventId(FormParameters.parseQuery("match=a&last_event_id=%23a-1")));
        assertEquals("#a-1", protocol.findLastEventId(FormParameters.parseQuery("match=a&lastEventId=%23a-1")));
        assertEquals(
                "#a-2",
                protocol.findLastEventId(FormParameters.parseQuery("match=a&lastEventId=%23a-1&last_event_id=%23a-2")));
        Set<String> names = new HashSet<>(protocol.parameterNames());
        names.addAll(StreamParameters.NAMES);
        new ParameterNames(names).check(List.of("lastEventId", "heartbeat"));
    }

    @Test
    void limitsMatcherLengthInBytes() {
        assertEquals(
                1,
                protocol.parseMatchers(FormParameters.parseQuery("match=" + "x".repeat(1024)))
                        .size());
        assertThrows(
                IllegalArgumentException.class,
                () -> protocol.parseMatchers(FormParameters.parseQuery("match=" + "x".repeat(1025))));
        assertThrows(
                IllegalArgumentException.class,
                () -> protocol.parseMatchers(FormParameters.parseQuery("match=" + "%E2%82%AC".repeat(342))));
    }

    @Test
    void readsGrantsOnlyFromDetailsOfItsType() {
        AccessRights access = access("{'authorization_details':[{'type':'other','actions':5},"
                + "{" + TYPE + ",'actions':['publish','fly'],'topics':[{'match':'a'}]},"
                + "{" + TYPE + ",'actions':['subscribe'],'topics':[{'match':'/books/:id','match_type':'urlpattern'}]},"
                + "{" + TYPE + ",'actions':['fly'],'topics':[{'match':'*'}]}]}");

        assertTrue(access.hasGrant(TopicAction.PUBLISH, "a"));
        assertFalse(access.hasGrant(TopicAction.PUBLISH, "b"));
        assertFalse(access.hasGrant(TopicAction.SUBSCRIBE, "a"));
        assertTrue(access.hasGrant(TopicAction.SUBSCRIBE, "/books/1"));
        assertTrue(access.readableTopics().matches("/books/2"));
        assertFalse(access.hasGrant(TopicAction.KICK, "a"));
    }

    @Test
    void grantsNothingWithoutADetail() {
        assertFalse(access("{}").hasGrant(TopicAction.SUBSCRIBE, "a"));
        assertFalse(access("{'authorization_details':[]}").hasGrant(TopicAction.SUBSCRIBE, "a"));
        assertFalse(access("{'mercure':{'publish':['*']}}").hasGrant(TopicAction.PUBLISH, "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x'",
                "{}",
                "[5]",
                "[{TYPE}]",
                "[{TYPE,'actions':['publish']}]",
                "[{TYPE,'actions':[],'topics':[{'match':'a'}]}]",
                "[{TYPE,'actions':'publish','topics':[{'match':'a'}]}]",
                "[{TYPE,'actions':['publish',1],'topics':[{'match':'a'}]}]",
                "[{TYPE,'actions':['publish'],'topics':[]}]",
                "[{TYPE,'actions':['publish'],'topics':['a']}]",
                "[{TYPE,'actions':['publish'],'topics':[{}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':5}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a','match_type':'Exact'}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a','match_type':'regexp'}]}]",
                "[{TYPE,'actions':['fly'],'topics':[{'match':'a','match_type':'regexp'}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a','match_type':null}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'(','match_type':'urlpattern'}]}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a\\nb'}]}]",
                "[{TYPE,'actions':['subscribe'],'topics':[{'match':'a'}],'payload':5}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a'}],'payload':5}]",
                "[{TYPE,'actions':['publish'],'topics':[{'match':'a'}]},{TYPE,'actions':['publish'],'topics':[7]}]"
            })
    void rejectsTokenWithAMalformedDetail(String details) {
        String claims = "{'authorization_details':" + details.replace("TYPE", TYPE) + "}";

        RuntimeException thrown = assertThrows(RuntimeException.class, () -> access(claims));
        assertTrue(
                thrown instanceof IllegalArgumentException || thrown instanceof ClassCastException, thrown::toString);
    }

    @Test
    void limitsDetailsAndTopicsOfAToken() {
        String detail = "{" + TYPE + ",'actions':['publish'],'topics':[TOPICS]}";
        String many = detail.replace("TOPICS", "{'match':'a'},".repeat(100) + "{'match':'a'}");
        assertThrows(IllegalArgumentException.class, () -> access("{'authorization_details':[" + many + "]}"));
        String one = detail.replace("TOPICS", "{'match':'a'}");
        assertThrows(
                IllegalArgumentException.class,
                () -> access("{'authorization_details':[" + (one + ",").repeat(100) + one + "]}"));
    }

    @Test
    void attachesPayloadOfTheFirstMatchingDetail() {
        AccessRights access = access("{'authorization_details':["
                + "{" + TYPE + ",'actions':['publish'],'topics':[{'match':'*'}],'payload':{'n':0}},"
                + "{" + TYPE + ",'actions':['subscribe'],'topics':[{'match':'a'}],'payload':{'n':1}},"
                + "{" + TYPE + ",'actions':['subscribe'],'topics':[{'match':'/bar/:id','match_type':'urlpattern'}],"
                + "'payload':{'n':2}},"
                + "{" + TYPE + ",'actions':['subscribe'],'topics':[{'match':'*'}],'payload':{'n':3}}]}");

        assertEquals("{\"n\":1}", access.findPayload("a"));
        assertEquals("{\"n\":2}", access.findPayload("/bar/:id"));
        assertEquals("{\"n\":3}", access.findPayload("else"));
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
