package dev.courant.mercure;

import dev.courant.http.ResponseHeader;
import dev.courant.urlpattern.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where the hub is: known from the configured public address of the application, and never from what a client says. Without
 * one only its path is known, on a host that nobody has.
 *
 * @param url what relative topics and patterns are resolved with
 * @param path from the root of the host
 * @param text as clients are told; {@code null} if it is not known
 */
public record HubAddress(WebUrl url, String path, @Nullable String text) {

    private static final String PATH = "/.well-known/mercure";

    /**
     * The address below that of the application.
     *
     * @param publicUrl the application's, absolute; {@code null} if it is not configured
     * @param contextPath what is used without, empty or beginning with a slash
     * @throws IllegalArgumentException if it is no address of the web
     */
    public static HubAddress of(@Nullable String publicUrl, String contextPath) {
        WebUrl base = WebUrl.parse(publicUrl == null ? "https://courant.invalid" + contextPath : publicUrl, null);
        WebUrl url = base == null || !isWebPage(base)
                ? null
                : WebUrl.parse(base.toString().replaceFirst("/*$", "") + PATH, null);
        if (url == null) {
            throw new IllegalArgumentException("an address such as https://example.com or https://example.com/courant");
        }
        return new HubAddress(url, url.path(), publicUrl == null ? null : url.toString());
    }

    private static boolean isWebPage(WebUrl url) {
        boolean web = url.scheme().equals("https") || url.scheme().equals("http");
        return web
                && url.query() == null
                && url.fragment() == null
                && url.username().isEmpty();
    }

    /**
     * Returns the header that names the hub ("Hub Discovery"), by its path where the host is not known.
     *
     * @param parameters of the link, each after a semicolon
     */
    public ResponseHeader link(String parameters) {
        return new ResponseHeader("Link", "<" + (text == null ? path : text) + ">; rel=\"mercure\"" + parameters);
    }

    /** Where the metadata is, RFC 9728, section 3.1; {@code null} if the host is not known. */
    public @Nullable String metadata() {
        return text == null
                ? null
                : text.substring(0, text.length() - path.length()) + "/.well-known/oauth-protected-resource" + path;
    }
}
