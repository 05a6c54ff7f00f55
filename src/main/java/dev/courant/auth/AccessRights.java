package dev.courant.auth;

import dev.courant.event.TopicSelector;
import dev.courant.topic.AnyOfSelector;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grants of one request. Immutable. It contains nothing that could be used as a token.
 *
 * @param subject the {@code sub} of the token, or {@code null} if there is none
 * @param expires the time at which the token, and its streams, end, or {@code null} if it does not expire
 * @param fingerprint the key of the token in {@link RevokedTokens}, or {@code null} without a token
 */
public record AccessRights(
        List<TopicGrant> grants,
        @Nullable String subject,
        @Nullable Instant expires,
        @Nullable String fingerprint) {

    /** The rights of a request without a token. */
    public static final AccessRights ANONYMOUS = new AccessRights(List.of(), null, null, null);

    public AccessRights {
        grants = List.copyOf(grants);
    }

    /** Returns whether the token grants this action on the topic. {@link AccessPolicy} adds the anonymous access. */
    public boolean hasGrant(TopicAction action, String topic) {
        return grants.stream().anyMatch(grant -> grant.actions().contains(action) && grant.matches(topic));
    }

    /**
     * Returns a selector of the topics whose private events the request may read. Equal grants give equal selectors, so
     * that their subscriptions share an audience.
     */
    public TopicSelector readableTopics() {
        return AnyOfSelector.of(grants.stream()
                .filter(grant -> grant.actions().contains(TopicAction.SUBSCRIBE))
                .flatMap(grant -> grant.topics().stream())
                .toList());
    }

    /** Returns the JSON to attach to a subscription with this matcher, or {@code null} (Mercure, "Payloads"). */
    public @Nullable String findPayload(String matcher) {
        return grants.stream()
                .filter(grant -> grant.payload() != null && grant.matches(matcher))
                .findFirst()
                .map(TopicGrant::payload)
                .orElse(null);
    }

    public boolean isAnonymous() {
        return fingerprint == null;
    }

    @Override
    public String toString() {
        return isAnonymous() ? "AccessRights[anonymous]" : "AccessRights[token]";
    }
}
