package dev.courant.auth;

import dev.courant.http.FormParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token that a request presents (Mercure, "Presenting the Access Token").
 *
 * @param fromCookie whether the token is in a cookie, which a browser adds to the requests of any page
 */
record PresentedToken(String text, boolean fromCookie) {

    /** RFC 6750, section 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]++=*+)");

    private static final Pattern SCHEME = Pattern.compile("(?i)bearer(?![^\\s,])");

    /**
     * Returns the token of the request, or {@code null} if it has none.
     *
     * @throws IllegalArgumentException if the request presents a token in a malformed or ambiguous way. The message is a
     *     problem detail
     */
    static @Nullable PresentedToken find(HttpServletRequest request, TokenProfile profile) {
        String header = requireSingle(
                Collections.list(request.getHeaders("Authorization")),
                "The request has more than one Authorization header. Send one.");
        if (header != null) {
            return parseHeader(header);
        }
        String parameter = profile.parameterName();
        // The servlet API would also read the body of a form.
        String text = parameter == null
                ? null
                : requireSingle(
                        FormParameters.parseQuery(request.getQueryString()).getAll(parameter),
                        "The query contains more than one token. Send one.");
        if (text != null) {
            return new PresentedToken(text, false);
        }
        // A page of a sibling domain can set a cookie with the same name (RFC 6265, section 8.6).
        text = requireSingle(
                cookieValues(request, profile.cookieName()),
                "The request has several cookies with different tokens. Send one.");
        return text == null ? null : new PresentedToken(text, true);
    }

    /** Returns the token of the header, or {@code null} for another scheme. With a header, the cookie is ignored. */
    private static @Nullable PresentedToken parseHeader(String header) {
        Matcher bearer = BEARER.matcher(header);
        if (bearer.matches()) {
            return new PresentedToken(bearer.group(1), false);
        }
        if (header.isBlank() || SCHEME.matcher(header).lookingAt()) {
            throw new IllegalArgumentException(
                    "The Authorization header is malformed. It must be the word Bearer, a space and the token.");
        }
        return null;
    }

    /**
     * Returns the values of the cookie. Reads the header, because some servers omit all but one cookie of the same
     * name.
     */
    private static List<String> cookieValues(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1).replaceFirst("^\"(.*)\"$", "$1"))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private static @Nullable String requireSingle(List<String> values, String detail) {
        if (values.size() > 1) {
            throw new IllegalArgumentException(detail);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public String toString() {
        return "PresentedToken";
    }
}
