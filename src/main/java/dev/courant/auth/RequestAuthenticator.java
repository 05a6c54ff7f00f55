package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.CORS_ORIGINS;

import dev.courant.http.CookieOriginCheck;
import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The authentication of requests by their tokens. Thread-safe. */
public final class RequestAuthenticator {

    /** RFC 9110, section 9.2.1. */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final TokenProfile profile;
    private final TokenVerifier verifier;
    private final CookieOriginCheck cookieCheck;
    private final BearerChallenge challenge;
    private final RefusedTokenLog refusedTokens = new RefusedTokenLog(System::nanoTime);

    public RequestAuthenticator(
            TokenProfile profile, TokenVerifier verifier, CookieOriginCheck cookieCheck, BearerChallenge challenge) {
        this.profile = profile;
        this.verifier = verifier;
        this.cookieCheck = cookieCheck;
        this.challenge = challenge;
    }

    /**
     * Returns the rights that the token of the request grants, or {@link AccessRights#ANONYMOUS} without a token.
     *
     * @throws ProblemException with status 400 if the token is presented in a malformed way, or 401 if it is invalid. The
     *     status is 403 if a page of a foreign origin sent the cookie, and 503 if the keys have not been loaded yet.
     */
    public AccessRights authenticate(HttpServletRequest request) {
        PresentedToken token = findToken(request);
        if (token == null) {
            return AccessRights.ANONYMOUS;
        }
        if (token.fromCookie() && !SAFE_METHODS.contains(request.getMethod()) && !cookieCheck.isAllowed(request)) {
            throw new ProblemException(
                    403,
                    "A request with a token in a cookie must come from a page of this server or of an origin in "
                            + CORS_ORIGINS + ". Send an Origin or Referer header, or the token in the"
                            + " Authorization header.");
        }
        try {
            return verifier.verify(token.text());
        } catch (InvalidTokenException invalid) {
            refusedTokens.log(String.valueOf(invalid.getMessage()));
            throw challenge.invalidToken();
        }
    }

    private @Nullable PresentedToken findToken(HttpServletRequest request) {
        try {
            return PresentedToken.find(request, profile);
        } catch (IllegalArgumentException malformed) {
            throw challenge.invalidRequest(String.valueOf(malformed.getMessage()));
        }
    }
}
