package dev.courant.auth;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requirements and claims of tokens in one dialect of the Mercure protocol. Immutable. */
public interface TokenProfile {

    /** Returns the name of the cookie with the token. */
    String cookieName();

    /**
     * Returns the name of the query parameter with the token, which takes precedence over the cookie. {@code null}
     * means that no parameter is allowed (RFC 9700, section 2.6).
     */
    @Nullable
    String parameterName();

    /** Returns whether {@code typ} in the header must be {@code at+jwt} (RFC 9068, section 2.1). */
    default boolean requiresType() {
        return true;
    }

    /** Returns whether {@code exp} is required. If it is present, it is always checked. */
    default boolean requiresExpiry() {
        return true;
    }

    /** Returns whether {@code iss} and {@code aud} are required. If they are present, they are always checked. */
    default boolean requiresIssuerAndAudience() {
        return true;
    }

    /**
     * Reads the grants from verified claims. Implementations limit their size, because any issuer of tokens chooses
     * them.
     *
     * @throws InvalidTokenException if a grant is malformed or exceeds a limit, so that the whole token is refused. An
     *     {@link IllegalArgumentException} or {@link ClassCastException} means the same
     */
    List<TopicGrant> readGrants(JsonObject claims);

    /**
     * Reads the payloads of subscriptions, in the order of the token.
     *
     * @throws InvalidTokenException as for {@link #readGrants}
     */
    List<SubscriptionPayload> readPayloads(JsonObject claims);
}
