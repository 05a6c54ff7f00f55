package dev.courant.auth;

import dev.courant.event.TopicSelector;
import dev.courant.topic.AnyOfSelector;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request may do. Immutable, for use by any thread; it holds nothing that could be used as a token. */
public final class AccessRights {

    /** Of a request without a token. */
    public static final AccessRights ANONYMOUS = new AccessRights(List.of(), List.of(), null, null, null);

    private final List<TopicGrant> grants;
    private final List<SubscriptionPayload> payloads;
    private final @Nullable String subject;
    private final @Nullable Instant expires;
    private final @Nullable String fingerprint;
    private final TopicSelector readable;

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
        readable = readable(this.grants);
    }

    /**
     * Of a request with a token that is valid.
     *
     * @param subject the token's {@code sub}; {@code null} if it has none
     * @param expires when all that ends; {@code null} if it does not
     * @param fingerprint as {@link RevokedTokens} knows the token
     */
    public static AccessRights of(
            List<TopicGrant> grants,
            List<SubscriptionPayload> payloads,
            @Nullable String subject,
            @Nullable Instant expires,
            String fingerprint) {
        return new AccessRights(grants, payloads, subject, expires, fingerprint);
    }

    /** Whether a token grants this. What is open to everyone, only the gate knows. */
    public boolean may(TopicAction action, String topic) {
        return grants.stream().anyMatch(grant -> grant.covers(action, topic));
    }

    /** Whether a token grants this of any topic. */
    boolean mayAnywhere(TopicAction action) {
        return grants.stream().anyMatch(grant -> grant.actions().contains(action));
    }

    /** Topics whose private events may be read. Equal for equal grants, so that those who have them are served together. */
    public TopicSelector readable() {
        return readable;
    }

    /** The JSON object to attach to a subscription: the first that is meant for its matcher (Mercure, "Payloads"). */
    public @Nullable String payload(String matcher) {
        return payloads.stream()
                .filter(payload -> payload.isFor(matcher))
                .findFirst()
                .map(SubscriptionPayload::json)
                .orElse(null);
    }

    /** Returns whom the token is about, by its {@code sub}; {@code null} if it has none, and without a token. */
    public @Nullable String subject() {
        return subject;
    }

    /** When this access ends, and with it each stream that was opened by it. */
    public @Nullable Instant expires() {
        return expires;
    }

    /** What {@link RevokedTokens} knows the token by; {@code null} without one. */
    public @Nullable String fingerprint() {
        return fingerprint;
    }

    public boolean isAnonymous() {
        return fingerprint == null;
    }

    @Override
    public String toString() {
        return isAnonymous() ? "Access[anonymous]" : "Access[token]";
    }

    private static TopicSelector readable(List<TopicGrant> grants) {
        return AnyOfSelector.of(grants.stream()
                .filter(grant -> grant.actions().contains(TopicAction.SUBSCRIBE))
                .flatMap(grant -> grant.topics().stream())
                .toList());
    }
}
