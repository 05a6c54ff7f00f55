package dev.courant.auth;

import dev.courant.event.TopicSelector;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A dialect for tests with names of topics in the claims publish, subscribe and kick. */
record TestDialect(String parameterName, boolean isStrict) implements TokenProfile {

    static final TestDialect STRICT = new TestDialect(null, true);
    static final TestDialect LAX = new TestDialect("authorization", false);

    record Name(String name) implements TopicSelector {

        @Override
        public boolean matches(String topic) {
            return name.equals("*") || name.equals(topic);
        }
    }

    @Override
    public String cookieName() {
        return "session";
    }

    @Override
    public List<TopicGrant> readGrants(JsonObject claims) {
        if (claims.containsKey("unreadable")) {
            throw new TokenVerifier.InvalidTokenException("unreadable");
        }
        String payload =
                claims.containsKey("payload") ? claims.getJsonObject("payload").toString() : null;
        return Stream.concat(
                        EnumSet.allOf(TopicAction.class).stream()
                                .filter(action -> claims.containsKey(name(action)))
                                .map(action -> new TopicGrant(EnumSet.of(action), topics(claims, name(action)), null)),
                        Stream.of(new TopicGrant(Set.of(), List.of(new Name("*")), payload)))
                .toList();
    }

    private static String name(TopicAction action) {
        return action.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<TopicSelector> topics(JsonObject claims, String name) {
        return claims.getJsonArray(name).stream()
                .map(topic -> (TopicSelector) new Name(((JsonString) topic).getString()))
                .toList();
    }
}
