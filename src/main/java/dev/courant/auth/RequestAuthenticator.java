package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.CORS_ORIGINS;

import dev.courant.http.CookieOriginCheck;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The authentication of requests by their tokens. Thread-safe. */
public final class RequestAuthenticator {

    private static final int RETRY_SECONDS = 10;

    private final TokenProfile profile;
    private final TokenVerifier verifier;
    private final RevokedTokens revoked;
    private final CookieOriginCheck cookieCheck;
    private final BearerChallenge challenge;
    private final RefusedTokenLog refusedTokens = new RefusedTokenLog(System::nanoTime);

    public RequestAuthenticator(
            TokenProfile profile,
            TokenVerifier verifier,
            RevokedTokens revoked,
            CookieOriginCheck cookieCheck,
            BearerChallenge challenge) {
        this.profile = profile;
        this.verifier = verifier;
        this.revoked = revoked;
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
        if (token.fromCookie()
                && !PresentedToken.isSafeMethod(request.getMethod())
                && !cookieCheck.isAllowed(request)) {
            throw new ProblemException(
                    403,
                    "A request with a token in a cookie must come from a page of this server or of an origin in "
                            + CORS_ORIGINS + ". Send an Origin or Referer header, or the token in the"
                            + " Authorization header.");
        }
        try {
            return verify(token.text());
        } catch (InvalidTokenException invalid) {
            refusedTokens.log(String.valueOf(invalid.getMessage()));
            throw challenge.invalidToken();
        } catch (KeysMissingException missing) {
            throw new ProblemException(
                    503,
                    "The token cannot be verified yet, because the keys are not loaded. Try again in " + RETRY_SECONDS
                            + " seconds.",
                    ResponseHeader.retryAfter(RETRY_SECONDS));
        }
    }

    private @Nullable PresentedToken findToken(HttpServletRequest request) {
        try {
            return PresentedToken.find(request, profile);
        } catch (PresentedToken.MalformedException malformed) {
            throw challenge.invalidRequest(String.valueOf(malformed.getMessage()));
        }
    }

    private static @Nullable String subject(VerifiedToken verified) {
        return verified.claims().get("sub") instanceof JsonString subject ? subject.getString() : null;
    }

    private AccessRights verify(String text) {
        VerifiedToken verified = verifier.verify(text);
        if (revoked.contains(verified.fingerprint())) {
            throw new InvalidTokenException("it is revoked");
        }
        try {
            return new AccessRights(
                    profile.readGrants(verified.claims()),
                    profile.readPayloads(verified.claims()),
                    subject(verified),
                    verified.expires(),
                    verified.fingerprint());
        } catch (IllegalArgumentException | ClassCastException malformed) {
            throw new InvalidTokenException("its grants are malformed");
        }
    }
}
