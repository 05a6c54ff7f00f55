package dev.courant.mercure;

import static dev.courant.settings.SettingCatalogue.MERCURE_DIALECT;

import dev.courant.auth.TopicAction;
import dev.courant.auth.TopicGrant;
import dev.courant.event.TopicSelector;
import dev.courant.http.FormParameters;
import dev.courant.topic.PatternCache;
import dev.courant.urlpattern.PatternExcerpt;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Mercure protocol 1.0, by draft-dunglas-mercure-08. */
final class MercureProtocol1 implements MercureProtocol {

    static final String DETAIL = "https://mercure.rocks/authorization-detail";
    private static final String EXACT = "exact";
    private static final String URL_PATTERN = "urlpattern";

    /** The maximum number of authorization details in a token, and of actions and of topics in each of them. */
    private static final int MAX_DETAILS = 100;

    private final SelectorFactory selectors;

    MercureProtocol1(PatternCache patterns) {
        selectors = new SelectorFactory(patterns);
    }

    // ---- subscribing ("Subscription", "Matcher Types") ----

    @Override
    public List<TopicMatcher> parseMatchers(FormParameters query) {
        List<TopicMatcher> matchers = new ArrayList<>();
        for (FormParameters.Pair pair : query.pairs()) {
            if (pair.name().toLowerCase(Locale.ROOT).startsWith("match")) {
                matchers.add(parseMatcher(pair));
            }
        }
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("the parameter match or match_urlpattern is missing"
                    + (query.getFirst("topic") == null
                            ? ""
                            : ". Clients of version 0.x send topic; for them, set " + MERCURE_DIALECT + "=0.x"));
        }
        return matchers;
    }

    @Override
    public String exactMatcherType() {
        return EXACT;
    }

    private TopicMatcher parseMatcher(FormParameters.Pair pair) {
        String type = switch (pair.name()) {
            case "match", "match_exact" -> EXACT;
            case "match_urlpattern" -> URL_PATTERN;
            default ->
                throw new IllegalArgumentException("the parameter " + PatternExcerpt.of(pair.name())
                        + " is not supported; use match, match_exact or match_urlpattern");
        };
        return new TopicMatcher(type, pair.value(), createSelector(type, pair.value()));
    }

    private TopicSelector createSelector(String type, String text) {
        if (!type.equals(EXACT) && !type.equals(URL_PATTERN)) {
            throw new IllegalArgumentException(
                    "the matcher type " + PatternExcerpt.of(type) + " is not supported; use exact or urlpattern");
        }
        return type.equals(EXACT) ? selectors.createExact(text) : selectors.createUrlPattern(text);
    }

    @Override
    public Set<String> parameterNames() {
        return Set.of("match", "match_exact", "match_urlpattern", "last_event_id");
    }

    /** {@inheritDoc} The npm package event-source-polyfill sends {@code lastEventId} instead. */
    @Override
    public @Nullable String findLastEventId(FormParameters query) {
        String id = query.getFirst("last_event_id");
        return id == null ? query.getFirst("lastEventId") : id;
    }

    @Override
    public String lastEventIdHeader() {
        return "Mercure-Last-Event-ID";
    }

    // ---- tokens ("Authorization") ----

    @Override
    public String cookieName() {
        return "__Secure-mercure_access_token";
    }

    @Override
    public @Nullable String parameterName() {
        return null;
    }

    @Override
    public List<TopicGrant> readGrants(JsonObject claims) {
        return findDetails(claims).stream().map(this::parseGrant).toList();
    }

    private TopicGrant parseGrant(JsonObject detail) {
        Set<TopicAction> actions = parseActions(detail);
        // getJsonObject throws if the payload is not an object: the token is then invalid.
        JsonObject payload = detail.getJsonObject("payload");
        boolean hasPayload = payload != null && actions.contains(TopicAction.SUBSCRIBE);
        return new TopicGrant(actions, parseTopics(detail), hasPayload ? payload.toString() : null);
    }

    @Override
    public JsonObject createClaims(Set<TopicAction> actions) {
        JsonArray names = Json.createArrayBuilder(actions.stream()
                        .map(action -> action.name().toLowerCase(Locale.ROOT))
                        .toList())
                .build();
        return Json.createObjectBuilder()
                .add(
                        "authorization_details",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", DETAIL)
                                        .add("actions", names)
                                        .add(
                                                "topics",
                                                Json.createArrayBuilder()
                                                        .add(Json.createObjectBuilder()
                                                                .add("match", "*")))))
                .build();
    }

    /**
     * Returns the authorization details (RFC 9396) of Mercure's type.
     *
     * @throws ClassCastException if a detail is not an object: the token is malformed
     */
    private static List<JsonObject> findDetails(JsonObject claims) {
        if (!claims.containsKey("authorization_details")) {
            return List.of();
        }
        List<JsonObject> details =
                claims.getJsonArray("authorization_details").getValuesAs(JsonValue::asJsonObject).stream()
                        .filter(detail -> detail.get("type") instanceof JsonString type
                                && type.getString().equals(DETAIL))
                        .toList();
        if (details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("more than " + MAX_DETAILS + " authorization details");
        }
        return details;
    }

    private static Set<TopicAction> parseActions(JsonObject detail) {
        Set<TopicAction> actions = new HashSet<>();
        for (JsonString name : requireArray(detail, "actions").getValuesAs(JsonString.class)) {
            switch (name.getString()) {
                case "publish" -> actions.add(TopicAction.PUBLISH);
                case "subscribe" -> actions.add(TopicAction.SUBSCRIBE);
                case "kick" -> actions.add(TopicAction.KICK); // an extension of Courant
                default -> {} // "an unrecognized action grants nothing"
            }
        }
        return actions;
    }

    private List<TopicSelector> parseTopics(JsonObject detail) {
        return requireArray(detail, "topics").getValuesAs(JsonValue::asJsonObject).stream()
                .map(topic -> createSelector(
                        topic.containsKey("match_type") ? requireText(topic, "match_type") : EXACT,
                        requireText(topic, "match")))
                .toList();
    }

    private static String requireText(JsonObject topic, String name) {
        if (topic.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new IllegalArgumentException("the member " + name + " of a topic is not a string");
    }

    private static JsonArray requireArray(JsonObject detail, String name) {
        JsonArray array = detail.getJsonArray(name);
        if (array == null || array.isEmpty() || array.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("an authorization detail must have 1 to " + MAX_DETAILS + ' ' + name);
        }
        return array;
    }

    // ---- active subscriptions ----

    @Override
    public List<String> toPathSegments(TopicMatcher matcher) {
        return List.of(matcher.type(), matcher.text());
    }

    @Override
    public int matcherSegmentCount() {
        return 2;
    }

    @Override
    public String documentType() {
        return "application/json";
    }

    @Override
    public String eventType() {
        return "mercure";
    }

    @Override
    public JsonObjectBuilder describeSubscription(String id, TopicMatcher matcher, String subscriber, boolean active) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("type", "subscription")
                .add("match_type", matcher.type())
                .add("match", matcher.text())
                .add("subscriber", subscriber)
                .add("active", active);
    }

    /** Does not add the last event id: in version 1.0 only the {@code Link} header contains it. */
    @Override
    public JsonObjectBuilder describeSubscriptions(String id, String lastEventId) {
        return Json.createObjectBuilder().add("id", id).add("type", "subscriptions");
    }

    @Override
    public void addLastEventId(JsonObjectBuilder subscription, String lastEventId) {}
}
