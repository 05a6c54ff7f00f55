package dev.courant.auth;

import dev.courant.event.TopicSelector;
import dev.courant.topic.AnyOfSelector;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grants of one request. Immutable. It contains nothing that could be used as a token. */
public final class AccessRights {

    /** The rights of a request without a token. */
    public static final AccessRights ANONYMOUS = new AccessRights(List.of(), List.of(), null, null, null);

    private final List<TopicGrant> grants;
    private final List<SubscriptionPayload> payloads;
    private final @Nullable String subject;
    private final @Nullable Instant expires;
    private final @Nullable String fingerprint;
    private final TopicSelector readableTopics;

    private AccessRights(
            List<TopicGrant> grants,
            List<SubscriptionPayload> payloads,
            @Nullable String subject,
            @Nullable Instant expires,
            @Nullable String fingerprint) {
        this.grants = List.copyOf(grants);
        this.payloads = List.copyOf(payloads);
        this.subject = subject;
        this.expires = expires;
        this.fingerprint = fingerprint;
        readableTopics = selectReadable(this.grants);
    }

    /**
     * Returns the rights of a request with a valid token.
     *
     * @param subject the {@code sub} of the token, or {@code null} if it has none
     * @param expires the time at which the token expires, or {@code null} if it does not
     * @param fingerprint the key of the token in {@link RevokedTokens}
     */
    public static AccessRights of(
            List<TopicGrant> grants,
            List<SubscriptionPayload> payloads,
            @Nullable String subject,
            @Nullable Instant expires,
            String fingerprint) {
        return new AccessRights(grants, payloads, subject, expires, fingerprint);
    }

    /** Returns whether the token grants this action on the topic. {@link AccessPolicy} adds the anonymous access. */
    public boolean hasGrant(TopicAction action, String topic) {
        return grants.stream().anyMatch(grant -> grant.covers(action, topic));
    }

    /** Returns whether the token grants this action on at least one topic. */
    boolean hasAnyGrant(TopicAction action) {
        return grants.stream().anyMatch(grant -> grant.actions().contains(action));
    }

    /**
     * Returns a selector of the topics whose private events the request may read. Equal grants give equal selectors, so
     * that their subscriptions share an audience.
     */
    public TopicSelector readableTopics() {
        return readableTopics;
    }

    /**
     * Returns the JSON object to attach to a subscription: that of the first payload whose selectors match the
     * subscription's matcher (Mercure, "Payloads"). Returns {@code null} if there is none.
     */
    public @Nullable String findPayload(String matcher) {
        return payloads.stream()
                .filter(payload -> payload.isFor(matcher))
                .findFirst()
                .map(SubscriptionPayload::json)
                .orElse(null);
    }

    /** Returns the {@code sub} of the token, or {@code null} if there is none. */
    public @Nullable String subject() {
        return subject;
    }

    /** Returns the time at which the token expires, and its streams end, or {@code null} if it does not expire. */
    public @Nullable Instant expires() {
        return expires;
    }

    /** Returns the key of the token in {@link RevokedTokens}, or {@code null} without a token. */
    public @Nullable String fingerprint() {
        return fingerprint;
    }

    public boolean isAnonymous() {
        return fingerprint == null;
    }

    @Override
    public String toString() {
        return isAnonymous() ? "AccessRights[anonymous]" : "AccessRights[token]";
    }

    private static TopicSelector selectReadable(List<TopicGrant> grants) {
        return AnyOfSelector.of(grants.stream()
                .filter(grant -> grant.actions().contains(TopicAction.SUBSCRIBE))
                .flatMap(grant -> grant.topics().stream())
                .toList());
    }
}
