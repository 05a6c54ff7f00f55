package dev.courant.mercure;

import dev.courant.auth.SubscriptionPayload;
import dev.courant.auth.TopicAction;
import dev.courant.auth.TopicGrant;
import dev.courant.event.TopicSelector;
import dev.courant.topic.PatternCache;
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

/** The Mercure protocol 1.0, as draft-dunglas-mercure-08 has it. */
final class MercureProtocol1 implements MercureProtocol {

    static final String DETAIL = "https://mercure.rocks/authorization-detail";
    private static final String EXACT = "exact";
    private static final String URL_PATTERN = "urlpattern";

    /** Of details in a token, and of topics in a detail. */
    private static final int MOST = 100;

    private final SelectorFactory selectors;

    MercureProtocol1(PatternCache patterns) {
        selectors = new SelectorFactory(patterns);
    }

    // ---- subscribing ("Subscription", "Matcher Types") ----

    @Override
    public List<TopicMatcher> matchers(MercureForm query) {
        List<TopicMatcher> matchers = new ArrayList<>();
        for (MercureForm.Pair pair : query.pairs()) {
            if (pair.name().toLowerCase(Locale.ROOT).startsWith("match")) {
                matchers.add(matcher(pair));
            }
        }
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has no parameter match or match_urlpattern"
                            + (query.first("topic") == null
                                    ? ""
                                    : "; for clients that say topic, of the protocol's version 0.x, set courant.mercure.dialect=0.x"));
        }
        return matchers;
    }

    @Override
    public String exactType() {
        return EXACT;
    }

    private TopicMatcher matcher(MercureForm.Pair pair) {
        String type = switch (pair.name()) {
            case "match", "match_exact" -> EXACT;
            case "match_urlpattern" -> URL_PATTERN;
            default ->
                throw new IllegalArgumentException(
                        "it has a parameter whose name begins with match and is none of match,"
                                + " match_exact and match_urlpattern");
        };
        return new TopicMatcher(type, pair.value(), selector(type, pair.value()));
    }

    private TopicSelector selector(String type, String text) {
        if (!type.equals(EXACT) && !type.equals(URL_PATTERN)) {
            throw new IllegalArgumentException("it has a type of matcher that is not known here");
        }
        return type.equals(EXACT) ? selectors.exact(text) : selectors.urlPattern(text);
    }

    @Override
    public Set<String> parameterNames() {
        return Set.of("match", "match_exact", "match_urlpattern", "last_event_id", "lastEventId", "heartbeat");
    }

    /** The npm package event-source-polyfill asks for {@code lastEventId}, whatever its server. */
    @Override
    public @Nullable String lastEventId(MercureForm query) {
        String id = query.first("last_event_id");
        return id == null ? query.first("lastEventId") : id;
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
    public List<TopicGrant> grants(JsonObject claims) {
        return details(claims).stream()
                .map(detail -> new TopicGrant(actions(detail), topics(detail)))
                .toList();
    }

    @Override
    public List<SubscriptionPayload> payloads(JsonObject claims) {
        return details(claims).stream()
                .filter(detail -> detail.containsKey("payload"))
                // What is no object makes the token invalid, whatever the detail is for.
                .filter(detail -> detail.getJsonObject("payload") != null
                        && actions(detail).contains(TopicAction.SUBSCRIBE))
                .map(detail -> new SubscriptionPayload(
                        topics(detail), detail.getJsonObject("payload").toString()))
                .toList();
    }

    @Override
    public JsonObject claims(Set<TopicAction> actions) {
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

    /** A cast that fails is a detail that is malformed, and with it the token. */
    private static List<JsonObject> details(JsonObject claims) {
        if (!claims.containsKey("authorization_details")) {
            return List.of();
        }
        List<JsonObject> details =
                claims.getJsonArray("authorization_details").getValuesAs(JsonValue::asJsonObject).stream()
                        .filter(detail -> detail.get("type") instanceof JsonString type
                                && type.getString().equals(DETAIL))
                        .toList();
        if (details.size() > MOST) {
            throw new IllegalArgumentException("too many authorization details");
        }
        return details;
    }

    private static Set<TopicAction> actions(JsonObject detail) {
        Set<TopicAction> actions = new HashSet<>();
        for (JsonString name : some(detail, "actions").getValuesAs(JsonString.class)) {
            switch (name.getString()) {
                case "publish" -> actions.add(TopicAction.PUBLISH);
                case "subscribe" -> actions.add(TopicAction.SUBSCRIBE);
                case "kick" -> actions.add(TopicAction.KICK); // ours
                default -> {} // "an unrecognized action grants nothing"
            }
        }
        return actions;
    }

    private List<TopicSelector> topics(JsonObject detail) {
        return some(detail, "topics").getValuesAs(JsonValue::asJsonObject).stream()
                .map(topic -> selector(
                        topic.containsKey("match_type") ? text(topic, "match_type") : EXACT, text(topic, "match")))
                .toList();
    }

    private static String text(JsonObject topic, String name) {
        if (topic.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new IllegalArgumentException("a topic has a text as its " + name);
    }

    private static JsonArray some(JsonObject detail, String name) {
        JsonArray some = detail.getJsonArray(name);
        if (some == null || some.isEmpty() || some.size() > MOST) {
            throw new IllegalArgumentException("a detail has some " + name + ", and not too many");
        }
        return some;
    }

    // ---- active subscriptions ----

    @Override
    public List<String> segments(TopicMatcher matcher) {
        return List.of(matcher.type(), matcher.text());
    }

    @Override
    public int matcherSegments() {
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
    public JsonObjectBuilder subscription(String id, TopicMatcher matcher, String subscriber, boolean active) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("type", "subscription")
                .add("match_type", matcher.type())
                .add("match", matcher.text())
                .add("subscriber", subscriber)
                .add("active", active);
    }

    /** The last event's id is in the Link header alone. */
    @Override
    public JsonObjectBuilder subscriptions(String id, String lastEventId) {
        return Json.createObjectBuilder().add("id", id).add("type", "subscriptions");
    }

    @Override
    public void addLastEventId(JsonObjectBuilder subscription, String lastEventId) {}
}
