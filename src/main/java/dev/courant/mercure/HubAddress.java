package dev.courant.mercure;

import dev.courant.http.ResponseHeader;
import dev.courant.urlpattern.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address of the hub. It comes from the setting {@code courant.public-url} and never from a request. Without that setting
 * only the path is known, and the host of {@code url} is a placeholder. Immutable.
 *
 * @param url the base URL that relative topics and patterns are resolved against
 * @param path the path from the root of the host
 * @param absoluteUrl the URL that clients receive, {@code null} if the host is unknown
 */
public record HubAddress(WebUrl url, String path, @Nullable String absoluteUrl) {

    private static final String PATH = "/.well-known/mercure";

    /**
     * Returns the address of the hub below the address of the application.
     *
     * @param publicUrl the absolute URL of the application, {@code null} if it is not configured
     * @param contextPath the context path to use without a public URL: empty or with a leading slash
     * @throws IllegalArgumentException if the public URL is not an http or https URL, or has a user name, a query or a
     *     fragment; the message describes a valid value
     */
    public static HubAddress of(@Nullable String publicUrl, String contextPath) {
        WebUrl base = WebUrl.parse(publicUrl == null ? "https://courant.invalid" + contextPath : publicUrl, null);
        WebUrl url = base == null || !isBaseUrl(base)
                ? null
                : WebUrl.parse(base.toString().replaceFirst("/*$", "") + PATH, null);
        if (url == null) {
            throw new IllegalArgumentException(
                    "an http or https URL such as https://example.com or https://example.com/courant");
        }
        return new HubAddress(url, url.path(), publicUrl == null ? null : url.toString());
    }

    private static boolean isBaseUrl(WebUrl url) {
        boolean web = url.scheme().equals("https") || url.scheme().equals("http");
        return web
                && url.query() == null
                && url.fragment() == null
                && url.username().isEmpty();
    }

    /**
     * Returns the {@code Link} header that names the hub (Mercure, "Hub Discovery"). It contains only the path if the
     * host is unknown.
     *
     * @param parameters the parameters of the link, each preceded by a semicolon
     */
    public ResponseHeader linkHeader(String parameters) {
        String target = absoluteUrl == null ? path : absoluteUrl;
        return new ResponseHeader("Link", "<" + target + ">; rel=\"mercure\"" + parameters);
    }

    /** Returns the URL of the protected resource metadata (RFC 9728, section 3.1), {@code null} if the host is unknown. */
    public @Nullable String metadataUrl() {
        if (absoluteUrl == null) {
            return null;
        }
        String origin = absoluteUrl.substring(0, absoluteUrl.length() - path.length());
        return origin + "/.well-known/oauth-protected-resource" + path;
    }
}
