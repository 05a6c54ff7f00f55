package dev.courant.mercure;

import static dev.courant.settings.SettingCatalogue.MERCURE_DIALECT;

import dev.courant.auth.TopicAction;
import dev.courant.auth.TopicGrant;
import dev.courant.event.TopicSelector;
import dev.courant.http.FormParameters;
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

/** The Mercure protocol 0.x, by its specification 0.24. Most clients in use implement this version. */
final class MercureProtocol0 implements MercureProtocol {

    private static final String CLAIM = "mercure";

    /** The maximum number of selectors that a token may have for one action. */
    private static final int MAX_SELECTORS = 1000;

    private final SelectorFactory selectors;
    private final boolean tokensInQueries;

    /** @param tokensInQueries whether the query may contain a token; servers and proxies may log it */
    MercureProtocol0(PatternCache patterns, boolean tokensInQueries) {
        selectors = new SelectorFactory(patterns);
        this.tokensInQueries = tokensInQueries;
    }

    // ---- subscribing ("Subscription", "Topic Selectors") ----

    @Override
    public List<TopicMatcher> parseMatchers(FormParameters query) {
        List<TopicMatcher> matchers = new ArrayList<>();
        for (String topic : query.getAll("topic")) {
            matchers.add(new TopicMatcher("", topic, selectors.createUriTemplate(topic)));
        }
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("the parameter topic is missing"
                    + (query.getFirst("match") == null
                            ? ""
                            : ". Clients of version 1.0 send match; for them, set " + MERCURE_DIALECT + "=1.0"));
        }
        return matchers;
    }

    @Override
    public Set<String> parameterNames() {
        return Set.of("topic", "lastEventID", "Last-Event-ID", "authorization");
    }

    @Override
    public String exactMatcherType() {
        return "";
    }

    /**
     * {@inheritDoc}
     *
     * <p>Three names are in use. The specification defines {@code lastEventID}. Its first versions and Symfony's
     * Mercure component up to 0.6 use {@code Last-Event-ID}. The npm package event-source-polyfill always sends
     * {@code lastEventId}.
     */
    @Override
    public @Nullable String findLastEventId(FormParameters query) {
        return Stream.of("lastEventID", "Last-Event-ID", "lastEventId")
                .map(query::getFirst)
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
    public boolean isStrict() {
        return false;
    }

    @Override
    public List<TopicGrant> readGrants(JsonObject claims) {
        List<TopicGrant> grants = new ArrayList<>();
        for (TopicAction action : TopicAction.values()) {
            grants.add(new TopicGrant(Set.of(action), parseSelectors(claims, nameOf(action)), null));
        }
        JsonObject mercure = claims.getJsonObject(CLAIM);
        if (mercure != null && mercure.containsKey("payload")) {
            // The payload applies to all subscriptions.
            List<TopicSelector> everyTopic = List.of(selectors.createUriTemplate("*"));
            grants.add(
                    new TopicGrant(Set.of(), everyTopic, mercure.get("payload").toString()));
        }
        return grants;
    }

    @Override
    public JsonObject createClaims(Set<TopicAction> actions) {
        JsonObjectBuilder mercure = Json.createObjectBuilder();
        for (TopicAction action : actions) {
            JsonArrayBuilder everyTopic = Json.createArrayBuilder().add("*");
            mercure.add(nameOf(action), everyTopic);
        }
        return Json.createObjectBuilder().add(CLAIM, mercure).build();
    }

    private List<TopicSelector> parseSelectors(JsonObject claims, String name) {
        JsonObject mercure = claims.getJsonObject(CLAIM);
        if (mercure == null || !mercure.containsKey(name) || mercure.isNull(name)) {
            return List.of();
        }
        JsonArray array = mercure.getJsonArray(name);
        if (array.size() > MAX_SELECTORS) {
            throw new IllegalArgumentException("more than " + MAX_SELECTORS + " selectors in mercure." + name);
        }
        return array.getValuesAs(JsonString.class).stream()
                .map(text -> selectors.createUriTemplate(text.getString()))
                .toList();
    }

    private static String nameOf(TopicAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    // ---- active subscriptions ----

    @Override
    public List<String> toPathSegments(TopicMatcher matcher) {
        return List.of(matcher.text());
    }

    @Override
    public int matcherSegmentCount() {
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
    public JsonObjectBuilder describeSubscription(String id, TopicMatcher matcher, String subscriber, boolean active) {
        return createDocument(id, "Subscription")
                .add("topic", matcher.text())
                .add("subscriber", subscriber)
                .add("active", active);
    }

    @Override
    public JsonObjectBuilder describeSubscriptions(String id, String lastEventId) {
        return createDocument(id, "Subscriptions").add("lastEventID", lastEventId);
    }

    @Override
    public void addLastEventId(JsonObjectBuilder subscription, String lastEventId) {
        subscription.add("lastEventID", lastEventId);
    }

    private static JsonObjectBuilder createDocument(String id, String type) {
        return Json.createObjectBuilder()
                .add("@context", "https://mercure.rocks/")
                .add("id", id)
                .add("type", type);
    }
}
