package dev.courant.urlpattern;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The encoding callbacks (URL Pattern standard, section 3.1). They convert the fixed text of a pattern to the form that it has
 * in a parsed URL. All throw {@link IllegalArgumentException} for text that no URL can contain.
 */
final class ComponentCanonicalizer {

    private static final String HOST_DELIMITERS = "/\\?#";

    private ComponentCanonicalizer() {}

    /**
     * Returns the callback for a component.
     *
     * @param special whether the pattern matches a special scheme; chooses between the two callbacks of a pathname
     * @param ipv6 whether the hostname is an IPv6 address; chooses between the two callbacks of a hostname
     */
    static UnaryOperator<String> canonicalizerFor(UrlComponent component, boolean special, boolean ipv6) {
        return switch (component) {
            case PROTOCOL -> ComponentCanonicalizer::canonicalizeProtocol;
            case USERNAME, PASSWORD -> PercentEncodeSet.USERINFO::encode;
            case HOSTNAME ->
                ipv6 ? ComponentCanonicalizer::canonicalizeIpv6Hostname : ComponentCanonicalizer::canonicalizeHostname;
            case PORT -> ComponentCanonicalizer::canonicalizePort;
            case PATHNAME ->
                special
                        ? ComponentCanonicalizer::canonicalizePathname
                        : ComponentCanonicalizer::canonicalizeOpaquePathname;
            case SEARCH -> text -> PercentEncodeSet.SPECIAL_QUERY.encode(UrlTextScanner.removeTabsAndNewlines(text));
            case HASH -> text -> PercentEncodeSet.FRAGMENT.encode(UrlTextScanner.removeTabsAndNewlines(text));
        };
    }

    static String canonicalizeProtocol(String text) {
        if (text.isEmpty() || UrlTextScanner.indexOfSchemeEnd(text + ':') == text.length()) {
            return text.toLowerCase(Locale.ROOT);
        }
        WebUrl url = WebUrl.parse(text + "://dummy.invalid/", null);
        return require(
                url == null ? null : url.scheme(), text, "is not a valid protocol; write any other colon as '{\\:}'");
    }

    private static String canonicalizeHostname(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String plain = UrlTextScanner.removeTabsAndNewlines(text);
        String host = plain.substring(0, UrlTextScanner.indexOfAny(plain, HOST_DELIMITERS));
        boolean valid = !host.isEmpty() && UrlTextScanner.indexOfHostEnd(host) == host.length();
        return require(valid ? WebHost.parse(host, false) : null, text, "is not a valid host");
    }

    private static String canonicalizeIpv6Hostname(String text) {
        boolean valid = text.chars()
                .allMatch(character -> AsciiCharacters.digit(character, 16) >= 0 || isIpv6Delimiter(character));
        return require(valid ? text.toLowerCase(Locale.ROOT) : null, text, "is not part of an IPv6 address");
    }

    private static boolean isIpv6Delimiter(int character) {
        return character == '[' || character == ']' || character == ':';
    }

    /**
     * Canonicalizes a port, but does not remove a default port, because the scheme is not an argument of the callback. Taken
     * literally, the standard removes 443 for every scheme, since its dummy URL uses https. Browsers do not do that.
     */
    private static String canonicalizePort(String text) {
        String plain = UrlTextScanner.removeTabsAndNewlines(text);
        int end = 0;
        int number = 0;
        while (end < plain.length() && AsciiCharacters.isDigit(plain.charAt(end)) && number <= 0xFFFF) {
            number = number * 10 + plain.charAt(end) - '0';
            end++;
        }
        boolean valid = text.isEmpty() || (end > 0 && number <= 0xFFFF);
        String port = end == 0 ? "" : String.valueOf(number);
        return require(valid ? port : null, text, "is not a valid port");
    }

    /**
     * Canonicalizes a part of a path. A part without a leading slash is prefixed with {@code /-}, which is removed
     * afterwards. A {@code ..} in the part can remove the prefix first. The standard then truncates the part. Browsers
     * reject the pattern, and so does this method.
     */
    private static String canonicalizePathname(String text) {
        if (text.isEmpty()) {
            return text;
        }
        UrlPath path = new UrlPath("", false);
        boolean whole = text.startsWith("/");
        String plain = UrlTextScanner.removeTabsAndNewlines(text);
        path.append(whole ? plain.substring(1) : "-" + plain, true);
        String built = path.toString();
        if (whole) {
            return built;
        }
        return require(
                built.startsWith("/-") ? built.substring(2) : null, text, "has a '..' that removes its first segment");
    }

    private static String canonicalizeOpaquePathname(String text) {
        String plain = UrlTextScanner.removeTabsAndNewlines(text);
        return PercentEncodeSet.C0_CONTROL.encode(plain.substring(0, UrlTextScanner.indexOfAny(plain, "?#")));
    }

    private static String require(@Nullable String canonical, String text, String message) {
        if (canonical == null) {
            throw new IllegalArgumentException(PatternExcerpt.of(text) + ' ' + message);
        }
        return canonical;
    }
}
