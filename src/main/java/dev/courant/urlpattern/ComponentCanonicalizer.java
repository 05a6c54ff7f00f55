package dev.courant.urlpattern;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fixed text of a pattern, brought into the form that a URL would have it in (URL Pattern standard, section 3.1,
 * encoding callbacks). All of them throw {@link IllegalArgumentException} for what can stand in no URL.
 */
final class ComponentCanonicalizer {

    private static final String ENDS_HOST = "/\\?#";

    private ComponentCanonicalizer() {}

    /** How the fixed text of a component is written; a hostname and a path have two ways. */
    static UnaryOperator<String> form(UrlComponent component, boolean special, boolean address) {
        return switch (component) {
            case PROTOCOL -> ComponentCanonicalizer::protocol;
            case USERNAME, PASSWORD -> PercentEncodeSet.USERINFO::encode;
            case HOSTNAME -> address ? ComponentCanonicalizer::address : ComponentCanonicalizer::hostname;
            case PORT -> ComponentCanonicalizer::port;
            case PATHNAME -> special ? ComponentCanonicalizer::pathname : ComponentCanonicalizer::opaquePathname;
            case SEARCH -> text -> PercentEncodeSet.SPECIAL_QUERY.encode(UrlTextScanner.withoutTabsAndNewlines(text));
            case HASH -> text -> PercentEncodeSet.FRAGMENT.encode(UrlTextScanner.withoutTabsAndNewlines(text));
        };
    }

    static String protocol(String text) {
        if (text.isEmpty()) {
            return text;
        }
        WebUrl url = WebUrl.parse(text + "://dummy.invalid/", null);
        String complaint = "a colon elsewhere stands in braces, '{\\:}', since no protocol is written";
        return required(url == null ? null : url.scheme(), complaint, text);
    }

    private static String hostname(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String plain = UrlTextScanner.withoutTabsAndNewlines(text);
        String host = plain.substring(0, UrlTextScanner.indexOfAny(plain, ENDS_HOST));
        boolean valid = !host.isEmpty() && UrlTextScanner.endOfHost(host) == host.length();
        return required(valid ? WebHost.parse(host, false) : null, "no host is written", text);
    }

    private static String address(String text) {
        boolean valid = text.chars().allMatch(each -> AsciiCharacters.digit(each, 16) >= 0 || isFrame(each));
        return required(valid ? text.toLowerCase(Locale.ROOT) : null, "no IPv6 address holds", text);
    }

    private static boolean isFrame(int character) {
        return character == '[' || character == ']' || character == ':';
    }

    /**
     * No port is taken for a scheme's own here: which scheme it is, the callback is not told. (Read literally, it would
     * take 443 for the port of any scheme, that of its dummy URL being https; browsers do not.)
     */
    private static String port(String text) {
        String plain = UrlTextScanner.withoutTabsAndNewlines(text);
        int end = 0;
        int number = 0;
        while (end < plain.length() && AsciiCharacters.isDigit(plain.charAt(end)) && number <= 0xFFFF) {
            number = number * 10 + plain.charAt(end) - '0';
            end++;
        }
        boolean valid = text.isEmpty() || (end > 0 && number <= 0xFFFF);
        String port = end == 0 ? "" : String.valueOf(number);
        return required(valid ? port : null, "no port is written", text);
    }

    /**
     * A piece that begins within a segment is given one of its own to begin in, which is then taken off again. If dots
     * have taken it off already, the standard cuts what comes after it; browsers refuse the pattern.
     */
    private static String pathname(String text) {
        if (text.isEmpty()) {
            return text;
        }
        UrlPath path = new UrlPath("", false);
        boolean whole = text.startsWith("/");
        String plain = UrlTextScanner.withoutTabsAndNewlines(text);
        path.append(whole ? plain.substring(1) : "-" + plain, true);
        String built = path.toString();
        if (whole) {
            return built;
        }
        return required(built.startsWith("/-") ? built.substring(2) : null, "two dots leave the text", text);
    }

    private static String opaquePathname(String text) {
        String plain = UrlTextScanner.withoutTabsAndNewlines(text);
        return PercentEncodeSet.C0_CONTROL.encode(plain.substring(0, UrlTextScanner.indexOfAny(plain, "?#")));
    }

    private static String required(@Nullable String text, String complaint, String instead) {
        if (text == null) {
            throw new IllegalArgumentException(complaint + " " + PatternExcerpt.of(instead));
        }
        return text;
    }
}
