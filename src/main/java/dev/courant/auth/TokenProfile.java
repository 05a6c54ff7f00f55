package dev.courant.auth;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How tokens look in a dialect of the Mercure protocol. Immutable, for use by any thread. */
public interface TokenProfile {

    /** The cookie that a browser carries its token in. */
    String cookieName();

    /** The query parameter that may carry it, before the cookie; {@code null} if none may (RFC 9700, section 2.6). */
    @Nullable
    String parameterName();

    /** Whether the header's {@code typ} has to be {@code at+jwt} (RFC 9068, section 2.1). */
    default boolean requiresType() {
        return true;
    }

    /** Whether a token has to expire. One that says when is held to it in either case. */
    default boolean requiresExpiry() {
        return true;
    }

    /** Whether {@code iss} and {@code aud} have to be there. Those that are there have to be right in either case. */
    default boolean requiresIssuerAndAudience() {
        return true;
    }

    /**
     * Reads what is granted from claims that are verified; they come from whoever may sign, so they are still bounded here.
     *
     * @throws InvalidTokenException if they are malformed anywhere or beyond a limit: then the whole token is refused. An
     *     {@link IllegalArgumentException} or {@link ClassCastException} means the same
     */
    List<TopicGrant> grants(JsonObject claims);

    /**
     * Reads what is to be attached to subscriptions, in the token's order.
     *
     * @throws InvalidTokenException as above
     */
    List<SubscriptionPayload> payloads(JsonObject claims);
}
