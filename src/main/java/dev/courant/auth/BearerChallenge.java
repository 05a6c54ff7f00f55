package dev.courant.auth;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a request is refused for its token (RFC 6750, section 3; Mercure, "Error Responses"). Immutable. */
public final class BearerChallenge {

    /** What may stand between quotes as it is. */
    private static final Pattern URL = Pattern.compile("https?://[!#-\\[\\]-~]+");

    private final @Nullable String metadata;

    /**
     * Refuses with a pointer to what a client needs to know.
     *
     * @param metadataUrl of the protected resource's metadata (RFC 9728, section 5.1); {@code null} if there is none
     * @throws IllegalArgumentException if it is no URL
     */
    public BearerChallenge(@Nullable String metadataUrl) {
        if (metadataUrl != null && !URL.matcher(metadataUrl).matches()) {
            throw new IllegalArgumentException("the address of the metadata has to be a URL");
        }
        metadata = metadataUrl == null ? null : "resource_metadata=\"" + metadataUrl + '"';
    }

    /** There is no token, and one is needed. No error code: nothing is wrong yet. */
    ProblemException tokenNeeded(String what) {
        // RFC 6750, section 3: at least one parameter.
        return refusal(401, what, metadata == null ? "realm=\"hub\"" : null);
    }

    /** One answer for whatever is wrong with a token: which it is would help only to forge one. */
    ProblemException tokenInvalid() {
        return refusal(
                401,
                "The access token is not valid here: it is malformed, expired, revoked or meant for somebody else.",
                "error=\"invalid_token\"");
    }

    /** The token is valid, but not enough. */
    ProblemException tokenInsufficient(String what) {
        return refusal(403, what, "error=\"insufficient_scope\"");
    }

    /** The token is not presented as it should be. */
    ProblemException requestInvalid(String what) {
        return refusal(400, what, "error=\"invalid_request\"");
    }

    private ProblemException refusal(int status, String detail, @Nullable String parameter) {
        String challenge = parameter == null || metadata == null
                ? "Bearer " + (parameter == null ? metadata : parameter)
                : "Bearer " + parameter + ", " + metadata;
        return new ProblemException(status, detail, new ResponseHeader("WWW-Authenticate", challenge));
    }
}
