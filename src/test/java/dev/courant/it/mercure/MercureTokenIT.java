package dev.courant.it.mercure;

import static dev.courant.support.Refusals.challenged;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mercure, "Authorization": how clients present a token, which tokens are valid, and the responses to invalid ones. */
class MercureTokenIT extends DeployedTestCase {

    private static final String FORM = "topic=urn:tokens&data=x";
    private static final String DETAILS = "[{\"type\":\"https://mercure.rocks/authorization-detail\","
            + "\"actions\":[\"publish\"],\"topics\":[{\"match\":\"*\"}]}]";
    private static final String GOOD = TestTokens.createWithDetails(DETAILS);
    private static final String COOKIE = "__Secure-mercure_access_token=" + GOOD;

    private HubClient client;

    @BeforeEach
    void clients() {
        client = new HubClient(base, null);
    }

    @Test
    void challengesForMissingToken() throws Exception {
        challenged(401, "", publish());
        challenged(401, "", publish("Authorization", "Basic dTpw"));
        challenged(401, "", client.send("GET", URI.create(client.hub + "/subscriptions")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typ\":\"JWT\"}",
                "{\"typ\":null}",
                "{\"exp\":null}",
                "{\"exp\":1}",
                "{\"nbf\":99999999999}",
                "{\"iss\":null}",
                "{\"iss\":\"https://issuer.example/\"}",
                "{\"aud\":null}",
                "{\"aud\":\"https://hub.example/\"}",
                "{\"aud\":[\"https://other.example\"]}",
                "{\"alg\":\"none\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"HS512\"}"
            })
    void rejectsInvalidTokens(String changed) throws Exception {
        String token = changed(changed);
        challenged(401, "invalid_token", publish("Authorization", "Bearer " + token));
        // Anonymous clients may subscribe, but an invalid token is rejected nevertheless.
        try (HttpEventStream stream =
                client.subscribe(new String[] {"Authorization", "Bearer " + token}, "match", "urn:a")) {
            challenged(401, "invalid_token", stream.response());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"typ\":\"application/AT+jwt\"}", "{\"nbf\":1,\"jti\":null,\"sub\":null}"})
    void acceptsValidTokens(String changed) throws Exception {
        assertEquals(200, publish("Authorization", "Bearer " + changed(changed)).statusCode());
    }

    @Test
    void acceptsTokenWithFurtherAudiences() throws Exception {
        String token = changed("{\"aud\":[\"https://other.example\",\"" + TestTokens.AUDIENCE + "\"]}");
        assertEquals(200, publish("Authorization", "Bearer " + token).statusCode());
    }

    /** Returns a valid token with these changes to its claims and header. A null value removes a member. */
    private static String changed(String changes) {
        JsonObjectBuilder header =
                Json.createObjectBuilder().add("alg", "HS256").add("typ", "at+jwt");
        JsonObjectBuilder claims = TestTokens.createClaims(Duration.ofHours(1))
                .add(
                        "authorization_details",
                        TestTokens.parse("{\"it\":" + DETAILS + "}").getJsonArray("it"));
        TestTokens.parse(changes).forEach((name, value) -> {
            JsonObjectBuilder where = name.equals("typ") || name.equals("alg") ? header : claims;
            if (value.getValueType() == jakarta.json.JsonValue.ValueType.NULL) {
                where.remove(name);
            } else {
                where.add(name, value);
            }
        });
        return TestTokens.sign(header.build().toString(), claims.build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "['subscribe']; [{'match':'*'}]; {'payload':7}; 401",
                "['publish']; [{'match':'*'}]; {'payload':7}; 401",
                "['publish']; []; {}; 401",
                "[]; [{'match':'*'}]; {}; 401",
                "'publish'; [{'match':'*'}]; {}; 401",
                "['publish',7]; [{'match':'*'}]; {}; 401",
                "['publish']; ['*']; {}; 401",
                "['publish']; [{'match':'*'},7]; {}; 401",
                "['publish']; [{'match':7}]; {}; 401",
                "['publish']; [{'match_type':'exact'}]; {}; 401",
                "['publish']; [{'match':'*'},{'match':'a','match_type':'regexp'}]; {}; 401",
                "['publish']; [{'match':'*'},{'match':'a','match_type':'Exact'}]; {}; 401",
                "['publish']; [{'match':'*'},{'match':'/(','match_type':'urlpattern'}]; {}; 401",
                "['publish','dance']; [{'match':'*'}]; {}; 200",
                "['dance']; [{'match':'*'}]; {}; 403",
                "['Publish']; [{'match':'*'}]; {}; 403",
                "['publish']; [{'match':'*','match_type':'urlpattern'}]; {}; 200",
                "['publish']; [{'match':'urn:tokens'}]; {}; 200",
                "['publish']; [{'match':'urn:*'}]; {}; 403",
                "['publish']; [{'match':'urn:*','match_type':'urlpattern'}]; {}; 200",
                "['publish']; [{'match':'*'}]; {'type':'https://mercure.rocks/Authorization-detail'}; 403"
            })
    void readsGrantsCompletelyOrRejectsToken(String actions, String topics, String more, int status) throws Exception {
        String detail = "{'type':'https://mercure.rocks/authorization-detail','actions':" + actions + ",'topics':"
                + topics + "}";
        JsonObjectBuilder merged = Json.createObjectBuilder(TestTokens.parse(detail.replace('\'', '"')));
        TestTokens.parse(more.replace('\'', '"')).forEach(merged::add);
        String token =
                TestTokens.createWithDetails("[" + merged.build() + ",{\"type\":\"https://example.com/another\"}]");
        HttpResponse<String> answer = publish("Authorization", "Bearer " + token);
        if (status == 200) {
            assertEquals(200, answer.statusCode(), answer::body);
        } else {
            challenged(status, status == 401 ? "invalid_token" : "insufficient_scope", answer);
        }
    }

    @Test
    void limitsTokenSize() throws Exception {
        String topics = DETAILS.replace("{\"match\":\"*\"}", "{\"match\":\"*\"}" + ",{\"match\":\"a\"}".repeat(100));
        challenged(401, "invalid_token", publish("Authorization", "Bearer " + TestTokens.createWithDetails(topics)));
        String longer = DETAILS.replace("*", "x".repeat(1025));
        challenged(401, "invalid_token", publish("Authorization", "Bearer " + TestTokens.createWithDetails(longer)));
    }

    @Test
    void rejectsUnreadableTokens() throws Exception {
        challenged(400, "invalid_request", publish("Authorization", "Bearer"));
        challenged(400, "invalid_request", publish("Authorization", "Bearer a b"));
        challenged(400, "invalid_request", publish("Authorization", "Bearer " + GOOD, "Authorization", "Bearer x"));
        challenged(400, "invalid_request", publish("Cookie", COOKIE + "; __Secure-mercure_access_token=x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR  "})
    void acceptsSchemeInAnyCase(String scheme) throws Exception {
        assertEquals(200, publish("Authorization", scheme + GOOD).statusCode());
    }

    @Test
    void prefersHeaderToCookie() throws Exception {
        assertEquals(
                200,
                publish("Authorization", "Bearer " + GOOD, "Cookie", "__Secure-mercure_access_token=x")
                        .statusCode());
        challenged(401, "invalid_token", publish("Authorization", "Bearer x", "Cookie", COOKIE));
    }

    @Test
    void subscribesWithCookie() throws Exception {
        String reading = TestTokens.create(List.of("subscribe"), "https://example.com/cookie");
        try (HttpEventStream stream = client.subscribe(
                new String[] {"Cookie", "other=1; __Secure-mercure_access_token=" + reading},
                "match",
                "https://example.com/cookie")) {
            stream.next("retry");
            client.publish(
                    new String[] {"Authorization", "Bearer " + GOOD},
                    "topic=https://example.com/cookie&data=secret&private");
            assertEquals("secret", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://hub.example, 200",
        "Referer, https://hub.example/courant/page, 200",
        "Origin, https://page.example, 200",
        "Origin, https://hub.example.evil.example, 403",
        "Origin, null, 403",
        "Referer, https://evil.example/https://hub.example/, 403",
        "X-None, x, 403"
    })
    void publishesWithCookieOnlyFromAllowedOrigins(String header, String value, int status) throws Exception {
        assertEquals(status, publish("Cookie", COOKIE, header, value).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "authorization", "token"})
    void ignoresTokenInQueryOrBody(String name) throws Exception {
        challenged(401, "", client.publish(new String[0], FORM + "&" + name + "=" + GOOD));
        HttpResponse<String> list = client.send("GET", URI.create(client.hub + "/subscriptions?" + name + "=" + GOOD));
        challenged(401, "", list);
    }

    private HttpResponse<String> publish(String... headers) throws Exception {
        return client.publish(headers, FORM);
    }
}
