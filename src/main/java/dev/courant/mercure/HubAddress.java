package dev.courant.mercure;

import dev.courant.http.ResponseHeader;
import dev.courant.urlpattern.WebUrl;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address of the hub. It comes from the settings, never from a request. Without a configured URL
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
     * @param publicUrl the http or https URL of the application, {@code null} if it is not configured
     * @param contextPath the context path to use without a public URL: empty or with a leading slash
     */
    public static HubAddress of(@Nullable WebUrl publicUrl, String contextPath) {
        String base = publicUrl == null ? "https://courant.invalid" + contextPath : publicUrl.toString();
        WebUrl url = Objects.requireNonNull(WebUrl.parse(base.replaceFirst("/*$", "") + PATH, null), base);
        return new HubAddress(url, url.path(), publicUrl == null ? null : url.toString());
    }

    /**
     * Returns the {@code Link} header that names the hub (Mercure, "Hub Discovery"). It contains only the path if the
     * host is unknown.
     *
     * @param parameters the parameters of the link, each preceded by a semicolon
     */
    public ResponseHeader linkHeader(String parameters) {
        String target = absoluteUrl == null ? path : absoluteUrl;
        return ResponseHeader.link(target, "; rel=\"mercure\"" + parameters);
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
