package dev.courant.auth;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds out what a request may do. For use by any thread. */
public final class RequestAuthenticator {

    private static final int RETRY_SECONDS = 10;

    private final TokenProfile profile;
    private final TokenVerifier verifier;
    private final RevokedTokens revoked;
    private final CookieOriginCheck pages;
    private final BearerChallenge challenge;
    private final RefusedTokenLog refusals = new RefusedTokenLog(System::nanoTime);

    /** Reads the tokens of one dialect. */
    public RequestAuthenticator(
            TokenProfile profile,
            TokenVerifier verifier,
            RevokedTokens revoked,
            CookieOriginCheck pages,
            BearerChallenge challenge) {
        this.profile = profile;
        this.verifier = verifier;
        this.revoked = revoked;
        this.pages = pages;
        this.challenge = challenge;
    }

    /**
     * What the token of a request lets it do; {@link AccessRights#ANONYMOUS} without one.
     *
     * @throws ProblemException 400 if a token is presented in no way that there is, 401 if it is not valid, 403 if a page
     *     that may not made a browser send it, 503 if there are no keys yet to verify it with
     */
    public AccessRights of(HttpServletRequest request) {
        PresentedToken token = presented(request);
        if (token == null) {
            return AccessRights.ANONYMOUS;
        }
        if (token.ambient() && !PresentedToken.isSafe(request.getMethod()) && !pages.sent(request)) {
            throw new ProblemException(
                    403,
                    "With a cookie, only pages of this server, and of the origins in courant.cors.origins, may change"
                            + " something; an Origin or Referer header has to say so.");
        }
        try {
            return access(token.text());
        } catch (InvalidTokenException invalid) {
            refusals.log(String.valueOf(invalid.getMessage()));
            throw challenge.tokenInvalid();
        } catch (KeysMissingException missing) {
            throw new ProblemException(
                    503,
                    "Tokens cannot be verified yet: the keys are not there. Come back soon.",
                    ResponseHeader.retryAfter(RETRY_SECONDS));
        }
    }

    private @Nullable PresentedToken presented(HttpServletRequest request) {
        try {
            return PresentedToken.in(request, profile);
        } catch (PresentedToken.MalformedException malformed) {
            throw challenge.requestInvalid(String.valueOf(malformed.getMessage()));
        }
    }

    private static @Nullable String subject(VerifiedToken verified) {
        return verified.claims().get("sub") instanceof JsonString subject ? subject.getString() : null;
    }

    private AccessRights access(String text) {
        VerifiedToken verified = verifier.verify(text);
        if (revoked.contains(verified.fingerprint())) {
            throw new InvalidTokenException("it is revoked");
        }
        try {
            return AccessRights.of(
                    profile.grants(verified.claims()),
                    profile.payloads(verified.claims()),
                    subject(verified),
                    verified.expires(),
                    verified.fingerprint());
        } catch (IllegalArgumentException | ClassCastException malformed) {
            throw new InvalidTokenException("its grants are malformed");
        }
    }
}
