package dev.courant.auth;

import dev.courant.http.AllowedOrigins;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a page that may use the cookies of its reader. A browser sends those along with whatever any
 * page makes it send, but says which page it was. Immutable.
 */
public final class CookieOriginCheck {

    private final @Nullable String own;
    private final AllowedOrigins others;

    /**
     * Knows the hub's own pages and those of others.
     *
     * @param publicUrl where clients find this server; {@code null} to go by what a request's Host says
     * @param others those that CORS allows
     * @throws IllegalArgumentException if the address has no origin
     */
    public CookieOriginCheck(@Nullable String publicUrl, AllowedOrigins others) {
        own = publicUrl == null ? null : AllowedOrigins.findOrigin(publicUrl);
        if (publicUrl != null && own == null) {
            throw new IllegalArgumentException("the public URL has to begin with https:// and a host");
        }
        this.others = others;
    }

    /** Goes by Origin, else by Referer; says no where there is neither, for there are pages that can suppress them. */
    boolean sent(HttpServletRequest request) {
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
        return origin != null && (others.contains(origin) || isOwn(origin, request.getHeader("Host")));
    }

    /** The scheme is left out without a public URL: behind a proxy that ends TLS, the request's own is another. */
    private boolean isOwn(String origin, @Nullable String host) {
        if (own != null) {
            return origin.equals(own);
        }
        String scheme = origin.substring(0, origin.indexOf("://") + 3);
        return host != null && scheme.startsWith("http") && origin.equals(AllowedOrigins.normalize(scheme + host));
    }
}
