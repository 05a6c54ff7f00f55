package dev.courant.http;

import static dev.courant.settings.SettingCatalogue.CORS_ORIGINS;

import dev.courant.settings.AllowedOrigins;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check that a request with a cookie comes from an allowed page, against cross-site request forgery. A browser adds
 * cookies to the requests of any page, but also sends the origin of that page. Immutable.
 */
public final class CookieOriginCheck {

    /** RFC 9110, section 9.2.1. */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final @Nullable String ownOrigin;
    private final AllowedOrigins allowedOrigins;

    /**
     * @param publicUrl the URL at which clients reach the application, or {@code null} to use the {@code Host} of a
     *     request
     * @param allowedOrigins the origins that CORS allows
     */
    public CookieOriginCheck(@Nullable String publicUrl, AllowedOrigins allowedOrigins) {
        ownOrigin = publicUrl == null ? null : AllowedOrigins.findOrigin(publicUrl);
        this.allowedOrigins = allowedOrigins;
    }

    /**
     * Checks a request whose token is in a cookie. Safe methods are allowed from any page.
     *
     * @throws ProblemException with status 403 if the request comes from another page
     */
    public void check(HttpServletRequest request) {
        if (!SAFE_METHODS.contains(request.getMethod()) && !isAllowed(request)) {
            throw new ProblemException(
                    403,
                    "A request with a token in a cookie must come from a page of this server or of an origin in "
                            + CORS_ORIGINS + ". Send an Origin or Referer header, or the token in the"
                            + " Authorization header.");
        }
    }

    /**
     * Returns whether the {@code Origin}, or else the {@code Referer}, is allowed. Without both the result is false,
     * because a page can suppress them.
     */
    public boolean isAllowed(HttpServletRequest request) {
        List<String> origins = Collections.list(request.getHeaders("Origin"));
        if (origins.size() > 1) {
            return false;
        }
        String referer = request.getHeader("Referer");
        String origin;
        if (origins.isEmpty()) {
            origin = referer == null ? null : AllowedOrigins.findOrigin(referer);
        } else {
            origin = AllowedOrigins.normalize(origins.get(0));
        }
        return origin != null && (allowedOrigins.contains(origin) || isOwn(origin, request.getHeader("Host")));
    }

    /**
     * Returns whether the origin is that of this application. Without a public URL this ignores the scheme: behind a
     * proxy that terminates TLS, the scheme of the request differs.
     */
    private boolean isOwn(String origin, @Nullable String host) {
        if (ownOrigin != null) {
            return origin.equals(ownOrigin);
        }
        String scheme = origin.substring(0, origin.indexOf("://") + 3);
        return host != null && scheme.startsWith("http") && origin.equals(AllowedOrigins.normalize(scheme + host));
    }
}
