package dev.courant.urlpattern;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL as browsers read it (<a href="https://url.spec.whatwg.org">URL standard</a>), in its parts, each in its one
 * form and in ASCII. Immutable.
 *
 * @param host null where there is none; an IPv6 address stands in brackets
 * @param port null for the scheme's own
 * @param path with a slash before each segment, unless it is opaque
 * @param opaque whether the path is no list of segments, as in {@code urn:isbn:1}
 * @param query without its question mark; null where there is none, which is not the same as empty
 * @param fragment without its number sign; likewise
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

    private static final Map<String, Integer> SPECIAL =
            Map.of("ftp", 21, "file", NO_PORT, "http", 80, "https", 443, "ws", 80, "wss", 443);

    /** The basic URL parser, section 4.4: null if the text is no URL, be it only that it is relative and has no base. */
    public static @Nullable WebUrl parse(String text, @Nullable WebUrl base) {
        return new UrlParser(base).parse(text);
    }

    static boolean isSpecial(String scheme) {
        return SPECIAL.containsKey(scheme);
    }

    static boolean isOwnPort(String scheme, int port) {
        return SPECIAL.getOrDefault(scheme, NO_PORT) == port;
    }

    static Iterable<String> specialSchemes() {
        return SPECIAL.keySet();
    }

    /** Section 4.5; parsing it gives an equal URL. */
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
