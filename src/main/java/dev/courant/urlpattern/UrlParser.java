package dev.courant.urlpattern;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of the basic URL parser (URL standard, section 4.4). Each state of the standard is a method that parses the rest of
 * the text. It returns false where the standard returns failure. Not thread-safe.
 */
final class UrlParser {

    private final @Nullable WebUrl base;

    private String scheme = "";
    private String username = "";
    private String password = "";
    private @Nullable String host;
    private @Nullable Integer port;
    private String path = "";
    private boolean opaque;
    private @Nullable String query;
    private @Nullable String fragment;

    UrlParser(@Nullable WebUrl base) {
        this.base = base;
    }

    @Nullable
    WebUrl parse(String text) {
        return start(UrlTextScanner.removeTabsAndNewlines(UrlTextScanner.trim(text)))
                ? new WebUrl(scheme, username, password, host, port, path, opaque, query, fragment)
                : null;
    }

    private boolean start(String text) {
        int colon = UrlTextScanner.indexOfSchemeEnd(text);
        if (colon < 0) {
            return noScheme(text);
        }
        scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        WebUrl sameSchemeBase = base != null && base.scheme().equals(scheme) ? base : null;
        if (scheme.equals("file")) {
            return file(rest, sameSchemeBase);
        }
        if (isSpecial()) {
            if (sameSchemeBase != null && !rest.startsWith("//")) {
                return relative(rest, sameSchemeBase);
            }
            return authority(UrlTextScanner.skipSlashes(rest));
        }
        if (rest.startsWith("//")) {
            return authority(rest.substring(2));
        }
        return rest.startsWith("/") ? path(rest.substring(1), "") : opaquePath(rest);
    }

    private boolean noScheme(String text) {
        if (base == null || (base.opaque() && !text.startsWith("#"))) {
            return false;
        }
        scheme = base.scheme();
        if (base.opaque()) {
            opaque = true;
            path = base.path();
            query = base.query();
            return queryAndFragment(text);
        }
        return scheme.equals("file") ? file(text, base) : relative(text, base);
    }

    private boolean relative(String text, WebUrl from) {
        if (startsWithSlash(text)) {
            if (startsWithSlash(text.substring(1))) {
                return authority(isSpecial() ? UrlTextScanner.skipSlashes(text) : text.substring(2));
            }
            copyAuthority(from);
            return path(text.substring(1), "");
        }
        copyAuthority(from);
        return merge(text, from, false);
    }

    /**
     * Resolves a reference without a leading slash against its base.
     *
     * @param hasDrive whether the reference has a drive letter, which replaces the path of the base
     */
    private boolean merge(String text, WebUrl from, boolean hasDrive) {
        if (text.isEmpty() || text.startsWith("?") || text.startsWith("#")) {
            path = from.path();
            query = from.query();
            return queryAndFragment(text);
        }
        UrlPath shortened = new UrlPath(from.path(), scheme.equals("file"));
        shortened.shorten();
        return path(text, hasDrive ? "" : shortened.toString());
    }

    private void copyAuthority(WebUrl from) {
        username = from.username();
        password = from.password();
        host = from.host();
        port = from.port();
    }

    private boolean authority(String text) {
        int end = UrlTextScanner.indexOfAny(text, isSpecial() ? "/\\?#" : "/?#");
        String authority = text.substring(0, end);
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            if (at == authority.length() - 1) {
                return false;
            }
            int colon = authority.indexOf(':');
            boolean both = colon >= 0 && colon < at;
            username = PercentEncodeSet.USERINFO.encode(authority.substring(0, both ? colon : at));
            password = both ? PercentEncodeSet.USERINFO.encode(authority.substring(colon + 1, at)) : "";
        }
        return hostAndPort(authority.substring(at + 1)) && pathStart(text.substring(end));
    }

    private boolean hostAndPort(String text) {
        int colon = UrlTextScanner.indexOfHostEnd(text);
        boolean portFollows = colon < text.length();
        if (colon == 0 && (portFollows || isSpecial())) {
            return false;
        }
        host = WebHost.parse(text.substring(0, colon), !isSpecial());
        return host != null && (!portFollows || port(text.substring(colon + 1)));
    }

    private boolean port(String digits) {
        int number = 0;
        for (int at = 0; at < digits.length(); at++) {
            char digit = digits.charAt(at);
            number = number * 10 + digit - '0';
            if (!AsciiCharacters.isDigit(digit) || number > 0xFFFF) {
                return false;
            }
        }
        boolean isDefault = digits.isEmpty() || WebUrl.isDefaultPort(scheme, number);
        port = isDefault ? null : (Integer) number;
        return true;
    }

    private boolean file(String text, @Nullable WebUrl from) {
        host = "";
        if (text.startsWith("/") || text.startsWith("\\")) {
            String rest = text.substring(1);
            if (rest.startsWith("/") || rest.startsWith("\\")) {
                return fileHost(rest.substring(1));
            }
            boolean drive = from != null && UrlPath.startsWithNormalizedDriveLetter(from.path());
            host = from == null ? "" : from.host();
            String drivePrefix = from != null && drive && !UrlPath.startsWithDriveLetter(rest)
                    ? from.path().substring(0, 3)
                    : "";
            return path(rest, drivePrefix);
        }
        if (from == null) {
            return path(text, "");
        }
        host = from.host();
        return merge(text, from, UrlPath.startsWithDriveLetter(text));
    }

    private boolean fileHost(String text) {
        int end = UrlTextScanner.indexOfAny(text, "/\\?#");
        String name = text.substring(0, end);
        if (UrlPath.isDriveLetter(name)) {
            return path(text, "");
        }
        if (!name.isEmpty()) {
            host = WebHost.parse(name, false);
            if (host == null) {
                return false;
            }
            host = host.equals("localhost") ? "" : host;
        }
        return pathStart(text.substring(end));
    }

    private boolean pathStart(String text) {
        if (startsWithSlash(text)) {
            return path(text.substring(1), "");
        }
        return isSpecial() ? path(text, "") : queryAndFragment(text);
    }

    private boolean path(String text, String before) {
        int end = UrlTextScanner.indexOfAny(text, "?#");
        UrlPath built = new UrlPath(before, scheme.equals("file"));
        built.append(text.substring(0, end), isSpecial());
        path = built.toString();
        return queryAndFragment(text.substring(end));
    }

    private boolean opaquePath(String text) {
        int end = UrlTextScanner.indexOfAny(text, "?#");
        opaque = true;
        path = PercentEncodeSet.C0_CONTROL.encode(text.substring(0, end));
        if (path.endsWith(" ")) {
            path = path.substring(0, path.length() - 1) + "%20";
        }
        return queryAndFragment(text.substring(end));
    }

    private boolean queryAndFragment(String text) {
        int sign = text.indexOf('#');
        if (text.startsWith("?")) {
            PercentEncodeSet set = isSpecial() ? PercentEncodeSet.SPECIAL_QUERY : PercentEncodeSet.QUERY;
            query = set.encode(text.substring(1, sign < 0 ? text.length() : sign));
        }
        fragment = sign < 0 ? null : PercentEncodeSet.FRAGMENT.encode(text.substring(sign + 1));
        return true;
    }

    private boolean isSpecial() {
        return WebUrl.isSpecial(scheme);
    }

    private boolean startsWithSlash(String text) {
        return text.startsWith("/") || (isSpecial() && text.startsWith("\\"));
    }
}
