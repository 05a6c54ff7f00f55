package dev.courant.access;

import dev.courant.event.TopicSelector;
import dev.courant.match.AnyOf;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request may do. Immutable, for use by any thread; it holds nothing that could be used as a token. */
public final class Access {

    /** Of a request without a token. */
    public static final Access ANONYMOUS = new Access(List.of(), List.of(), null, null, null);

    private final List<Grant> grants;
    private final List<Payload> payloads;
    private final @Nullable String subject;
    private final @Nullable Instant expires;
    private final @Nullable String fingerprint;
    private final TopicSelector readable;

    private Access(
            List<Grant> grants,
            List<Payload> payloads,
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
    public static Access of(
            List<Grant> grants,
            List<Payload> payloads,
            @Nullable String subject,
            @Nullable Instant expires,
            String fingerprint) {
        return new Access(grants, payloads, subject, expires, fingerprint);
    }

    /** Whether a token grants this. What is open to everyone, only the gate knows. */
    public boolean may(Action action, String topic) {
        return grants.stream().anyMatch(grant -> grant.covers(action, topic));
    }

    /** Whether a token grants this of any topic. */
    boolean mayAnywhere(Action action) {
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
                .map(Payload::json)
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

    private static TopicSelector readable(List<Grant> grants) {
        return AnyOf.of(grants.stream()
                .filter(grant -> grant.actions().contains(Action.SUBSCRIBE))
                .flatMap(grant -> grant.topics().stream())
                .toList());
    }
}
