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

    /**
     * Returns whether a token must have the type {@code at+jwt} and the claims {@code iss}, {@code aud} and {@code exp}
     * (RFC 9068). Claims that are present are always checked.
     */
    default boolean isStrict() {
        return true;
    }

    /**
     * Reads the grants from verified claims. Implementations limit their size, because any issuer of tokens chooses
     * them.
     *
     * @throws IllegalArgumentException if a grant is malformed or exceeds a limit, so that the whole token is refused. A
     *     {@link ClassCastException} means the same
     */
    List<TopicGrant> readGrants(JsonObject claims);
}
