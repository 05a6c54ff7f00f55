package dev.courant.mercure;

import dev.courant.auth.SubscriptionPayload;
import dev.courant.auth.TopicAction;
import dev.courant.auth.TopicGrant;
import dev.courant.event.TopicSelector;
import dev.courant.topic.PatternCache;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Mercure protocol 0.x, which most clients speak so far: its specification at version 0.24. */
final class MercureProtocol0 implements MercureProtocol {

    private static final String CLAIM = "mercure";

    /** Of selectors for one action. */
    private static final int MOST = 1000;

    private final SelectorFactory selectors;
    private final boolean tokensInQueries;

    /** @param tokensInQueries whether a token may stand in an address, which others may log */
    MercureProtocol0(PatternCache patterns, boolean tokensInQueries) {
        selectors = new SelectorFactory(patterns);
        this.tokensInQueries = tokensInQueries;
    }

    // ---- subscribing ("Subscription", "Topic Selectors") ----

    @Override
    public List<TopicMatcher> matchers(MercureForm query) {
        List<TopicMatcher> matchers = new ArrayList<>();
        for (String topic : query.all("topic")) {
            matchers.add(new TopicMatcher("", topic, selectors.uriTemplate(topic)));
        }
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has no parameter topic"
                            + (query.first("match") == null
                                    ? ""
                                    : "; for clients that say match, of the protocol's version 1.0, set courant.mercure.dialect=1.0"));
        }
        return matchers;
    }

    @Override
    public Set<String> parameterNames() {
        return Set.of("topic", "lastEventID", "lastEventId", "Last-Event-ID", "authorization", "heartbeat");
    }

    @Override
    public String exactType() {
        return "";
    }

    /**
     * Symfony's component up to 0.6 says it as the header does, which is how the first versions had it; the npm package
     * event-source-polyfill asks for {@code lastEventId}, whatever its server.
     */
    @Override
    public @Nullable String lastEventId(MercureForm query) {
        return Stream.of("lastEventID", "Last-Event-ID", "lastEventId")
                .map(query::first)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String lastEventIdHeader() {
        return "Last-Event-ID";
    }

    // ---- tokens ("Authorization") ----

    @Override
    public String cookieName() {
        return "mercureAuthorization";
    }

    @Override
    public @Nullable String parameterName() {
        return tokensInQueries ? "authorization" : null;
    }

    @Override
    public boolean requiresType() {
        return false;
    }

    @Override
    public boolean requiresExpiry() {
        return false;
    }

    @Override
    public boolean requiresIssuerAndAudience() {
        return false;
    }

    @Override
    public List<TopicGrant> grants(JsonObject claims) {
        List<TopicGrant> grants = new ArrayList<>();
        for (TopicAction action : TopicAction.values()) {
            grants.add(new TopicGrant(Set.of(action), selectors(claims, nameOf(action))));
        }
        return grants;
    }

    /** One for all subscriptions. */
    @Override
    public List<SubscriptionPayload> payloads(JsonObject claims) {
        JsonObject mercure = claims.getJsonObject(CLAIM);
        return mercure == null || !mercure.containsKey("payload")
                ? List.of()
                : List.of(new SubscriptionPayload(
                        List.of(selectors.uriTemplate("*")),
                        mercure.get("payload").toString()));
    }

    @Override
    public JsonObject claims(Set<TopicAction> actions) {
        JsonObjectBuilder mercure = Json.createObjectBuilder();
        for (TopicAction action : actions) {
            JsonArrayBuilder all = Json.createArrayBuilder().add("*");
            mercure.add(nameOf(action), all);
        }
        return Json.createObjectBuilder().add(CLAIM, mercure).build();
    }

    private List<TopicSelector> selectors(JsonObject claims, String name) {
        JsonObject mercure = claims.getJsonObject(CLAIM);
        if (mercure == null || !mercure.containsKey(name) || mercure.isNull(name)) {
            return List.of();
        }
        JsonArray array = mercure.getJsonArray(name);
        if (array.size() > MOST) {
            throw new IllegalArgumentException("too many selectors");
        }
        return array.getValuesAs(JsonString.class).stream()
                .map(text -> selectors.uriTemplate(text.getString()))
                .toList();
    }

    private static String nameOf(TopicAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    // ---- active subscriptions ----

    @Override
    public List<String> segments(TopicMatcher matcher) {
        return List.of(matcher.text());
    }

    @Override
    public int matcherSegments() {
        return 1;
    }

    @Override
    public String documentType() {
        return "application/ld+json";
    }

    @Override
    public @Nullable String eventType() {
        return null;
    }

    @Override
    public JsonObjectBuilder subscription(String id, TopicMatcher matcher, String subscriber, boolean active) {
        return document(id, "Subscription")
                .add("topic", matcher.text())
                .add("subscriber", subscriber)
                .add("active", active);
    }

    @Override
    public JsonObjectBuilder subscriptions(String id, String lastEventId) {
        return document(id, "Subscriptions").add("lastEventID", lastEventId);
    }

    @Override
    public void addLastEventId(JsonObjectBuilder subscription, String lastEventId) {
        subscription.add("lastEventID", lastEventId);
    }

    private static JsonObjectBuilder document(String id, String type) {
        return Json.createObjectBuilder()
                .add("@context", "https://mercure.rocks/")
                .add("id", id)
                .add("type", type);
    }
}
