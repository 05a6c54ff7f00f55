package dev.courant.auth;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A factory for refusals because of a token (RFC 6750, section 3; Mercure, "Error Responses"). Immutable. */
public final class BearerChallenge {

    /** A URL that needs no escaping within quotes. */
    private static final Pattern URL = Pattern.compile("https?://[!#-\\[\\]-~]+");

    private final @Nullable String metadata;

    /**
     * @param metadataUrl the URL of the protected resource's metadata (RFC 9728, section 5.1), or {@code null}
     * @throws IllegalArgumentException if the URL is invalid
     */
    public BearerChallenge(@Nullable String metadataUrl) {
        if (metadataUrl != null && !URL.matcher(metadataUrl).matches()) {
            throw new IllegalArgumentException("The URL of the metadata is invalid: " + metadataUrl);
        }
        metadata = metadataUrl == null ? null : "resource_metadata=\"" + metadataUrl + '"';
    }

    /** Returns the refusal of a request without a token. It has no error code (RFC 6750, section 3.1). */
    ProblemException missingToken(String detail) {
        // RFC 6750, section 3, requires at least one parameter.
        return refuse(401, detail, metadata == null ? "realm=\"hub\"" : null);
    }

    /** Returns the refusal of an invalid token. It does not name the reason, which would help to forge a token. */
    public ProblemException invalidToken() {
        return refuse(
                401,
                "The access token is not valid here: it is malformed, expired, revoked or issued for another audience.",
                "error=\"invalid_token\"");
    }

    /** Returns the refusal of a valid token that does not grant the request. */
    ProblemException insufficientScope(String detail) {
        return refuse(403, detail, "error=\"insufficient_scope\"");
    }

    /** Returns the refusal of a request that presents its token in a malformed way. */
    ProblemException invalidRequest(String detail) {
        return refuse(400, detail, "error=\"invalid_request\"");
    }

    private ProblemException refuse(int status, String detail, @Nullable String parameter) {
        String separator = parameter == null || metadata == null ? "" : ", ";
        String challenge = "Bearer " + Objects.toString(parameter, "") + separator + Objects.toString(metadata, "");
        return new ProblemException(status, detail, new ResponseHeader("WWW-Authenticate", challenge));
    }
}
