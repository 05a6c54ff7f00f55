package dev.courant.urlpattern;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL as browsers parse it (<a href="https://url.spec.whatwg.org">URL standard</a>). All components are in their canonical
 * form, in ASCII. Immutable.
 *
 * @param host the host, {@code null} if there is none; an IPv6 address is in brackets
 * @param port the port, {@code null} for the default port of the scheme
 * @param path the path, with a slash before each segment unless it is opaque
 * @param opaque whether the path is opaque instead of a list of segments, for example in {@code urn:isbn:1}
 * @param query the query without its question mark, {@code null} if there is none, which differs from an empty one
 * @param fragment the fragment without its number sign, {@code null} if there is none, which differs from an empty one
 */
public record WebUrl(
        String scheme,
        String username,
        String password,
        @Nullable String host,
        @Nullable Integer port,
        String path,
        boolean opaque,
        @Nullable String query,
        @Nullable String fragment) {

    private static final int NO_PORT = -1;

    private static final Map<String, Integer> SPECIAL_PORTS =
            Map.of("ftp", 21, "file", NO_PORT, "http", 80, "https", 443, "ws", 80, "wss", 443);

    /** Returns the parsed URL (section 4.4), {@code null} if the text is not a URL, or is relative and there is no base. */
    public static @Nullable WebUrl parse(String text, @Nullable WebUrl base) {
        return new UrlParser(base).parse(text);
    }

    static boolean isSpecial(String scheme) {
        return SPECIAL_PORTS.containsKey(scheme);
    }

    static boolean isDefaultPort(String scheme, int port) {
        return SPECIAL_PORTS.getOrDefault(scheme, NO_PORT) == port;
    }

    static Iterable<String> specialSchemes() {
        return SPECIAL_PORTS.keySet();
    }

    /** Returns the serialized URL (section 4.5). Parsing it again results in an equal URL. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (host != null) {
            text.append("//").append(username);
            text.append(password.isEmpty() ? "" : ":" + password);
            text.append(username.isEmpty() && password.isEmpty() ? "" : "@");
            text.append(host).append(port == null ? "" : ":" + port);
        } else if (!opaque && path.startsWith("//")) {
            text.append("/.");
        }
        text.append(path);
        text.append(query == null ? "" : "?" + query);
        return text.append(fragment == null ? "" : "#" + fragment).toString();
    }
}
