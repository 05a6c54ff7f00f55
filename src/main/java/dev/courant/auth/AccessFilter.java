package dev.courant.auth;

import dev.courant.http.CookieOriginCheck;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter that authenticates a request by its token (Mercure, "Presenting the Access Token"), and stores its access
 * rights for the resource. It refuses clients that may not subscribe, or not publish to any topic. Thread-safe.
 */
public final class AccessFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    /** RFC 6750, section 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]++=*+)");

    /** The scheme of a malformed header: {@code Bearer}, and not the beginning of another word. */
    private static final Pattern SCHEME = Pattern.compile("(?i)bearer(?![^\\s,])");

    private final transient TokenProfile profile;
    private final transient TokenVerifier verifier;
    private final transient CookieOriginCheck cookieCheck;
    private final transient AccessPolicy policy;
    private final transient RefusedTokenLog refusedTokens = new RefusedTokenLog(System::nanoTime);
    private final boolean anonymousSubscribe;

    /** @param anonymousSubscribe {@code courant.subscribe.anonymous}: whether clients may subscribe without a token */
    public AccessFilter(
            TokenProfile profile,
            TokenVerifier verifier,
            CookieOriginCheck cookieCheck,
            AccessPolicy policy,
            boolean anonymousSubscribe) {
        this.profile = profile;
        this.verifier = verifier;
        this.cookieCheck = cookieCheck;
        this.policy = policy;
        this.anonymousSubscribe = anonymousSubscribe;
    }

    /** Returns the access rights of the request, which are anonymous if this filter did not apply. */
    public static AccessRights getRights(HttpServletRequest request) {
        AccessRights rights = RequestContext.find(request, AccessRights.class);
        return rights == null ? AccessRights.ANONYMOUS : rights;
    }

    @Override
    protected void check(HttpServletRequest request) {
        AccessRights rights = authenticate(request);
        boolean subscribes =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        // The token decides which private events a stream contains.
        if (subscribes && !anonymousSubscribe && rights.isAnonymous()) {
            throw policy.challenge().missingToken("Subscribing here requires an access token.");
        }
        if (request.getMethod().equals("POST")) {
            policy.checkPublisher(rights);
        }
        RequestContext.put(request, AccessRights.class, rights);
    }

    /**
     * Returns the rights that the token of the request grants, or {@link AccessRights#ANONYMOUS} without a token.
     *
     * @throws ProblemException with status 400 if the token is presented in a malformed way, or 401 if it is invalid. The
     *     status is 403 if a page of a foreign origin sent the cookie, and 503 if the keys have not been loaded yet.
     */
    AccessRights authenticate(HttpServletRequest request) {
        String token = findToken(request);
        try {
            return token == null ? AccessRights.ANONYMOUS : verifier.verify(token);
        } catch (TokenVerifier.InvalidTokenException invalid) {
            refusedTokens.log(String.valueOf(invalid.getMessage()));
            throw policy.challenge().invalidToken();
        }
    }

    private @Nullable String findToken(HttpServletRequest request) {
        String header = requireSingle(
                Collections.list(request.getHeaders("Authorization")),
                "The request has more than one Authorization header. Send one.");
        if (header != null) {
            return parseHeader(header);
        }
        String parameter = profile.parameterName();
        if (parameter != null) {
            // The servlet API would also read the body of a form.
            List<String> values =
                    FormParameters.parseQuery(request.getQueryString()).getAll(parameter);
            String token = requireSingle(values, "The query contains more than one token. Send one.");
            if (token != null) {
                return token;
            }
        }
        // A page of a sibling domain can set a cookie with the same name (RFC 6265, section 8.6).
        String cookie = requireSingle(
                cookieValues(request), "The request has several cookies with different tokens. Send one.");
        if (cookie != null) {
            cookieCheck.check(request);
        }
        return cookie;
    }

    /** Returns the token of the header, or {@code null} for another scheme. With a header, the cookie is ignored. */
    private @Nullable String parseHeader(String header) {
        Matcher bearer = BEARER.matcher(header);
        if (bearer.matches()) {
            return bearer.group(1);
        }
        if (header.isBlank() || SCHEME.matcher(header).lookingAt()) {
            String detail = "The Authorization header is malformed. It must be the word Bearer, a space and the token.";
            throw policy.challenge().invalidRequest(detail);
        }
        return null;
    }

    /** Returns the values of the cookie in the header. Some servers omit all but one cookie of the same name. */
    private List<String> cookieValues(HttpServletRequest request) {
        String prefix = profile.cookieName() + '=';
        return Collections.list(request.getHeaders("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(prefix.length()).replaceFirst("^\"(.*)\"$", "$1"))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private @Nullable String requireSingle(List<String> values, String detail) {
        if (values.size() > 1) {
            throw policy.challenge().invalidRequest(detail);
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
