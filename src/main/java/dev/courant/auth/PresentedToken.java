package dev.courant.auth;

import dev.courant.http.FormDecoder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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

    private static final Pattern SCHEME = Pattern.compile("(?i:bearer)(?![^\\s,]).*", Pattern.DOTALL);

    /** Thrown if a request presents a token in a malformed or ambiguous way. The message is a problem detail. */
    static final class MalformedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        MalformedException(String detail) {
            super(detail, null, false, false);
        }
    }

    /**
     * Returns the token of the request, or {@code null} if it has none.
     *
     * @throws MalformedException if the request presents a token in a malformed or ambiguous way
     */
    static @Nullable PresentedToken find(HttpServletRequest request, TokenProfile profile) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (!headers.isEmpty()) {
            return findInHeader(headers);
        }
        String parameter = profile.parameterName();
        String query = request.getQueryString();
        if (parameter != null && query != null) {
            String text = requireSingle(
                    parameterValues(query, parameter), "The query contains more than one token. Send one.");
            if (text != null) {
                return new PresentedToken(text, false);
            }
        }
        List<String> values = cookieValues(request, profile.cookieName());
        // A page of a sibling domain can set a cookie with the same name (RFC 6265, section 8.6).
        String text = requireSingle(values, "The request has several cookies with different tokens. Send one.");
        return text == null ? null : new PresentedToken(text, true);
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
                .map(cookie -> unquote(cookie.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /**
     * Returns the token of the header, or {@code null} for another scheme. If there is a header, the cookie is ignored.
     */
    private static @Nullable PresentedToken findInHeader(List<String> headers) {
        String header = requireSingle(headers, "The request has more than one Authorization header. Send one.");
        if (header == null || header.isBlank() || SCHEME.matcher(header).matches()) {
            Matcher bearer = BEARER.matcher(header == null ? "" : header);
            if (!bearer.matches()) {
                throw new MalformedException(
                        "The Authorization header is malformed. It must be the word Bearer, a space and the token.");
            }
            return new PresentedToken(bearer.group(1), false);
        }
        return null;
    }

    /**
     * Returns the values of a query parameter. The servlet API would also read the body of a form.
     * {@code RequestTargetFilter} has refused a malformed query.
     */
    private static List<String> parameterValues(String query, String name) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> FormDecoder.decode(pair[0]).equals(name))
                .map(pair -> pair.length == 1 ? "" : FormDecoder.decode(pair[1]))
                .toList();
    }

    private static @Nullable String requireSingle(List<String> values, String detail) {
        if (values.size() > 1) {
            throw new MalformedException(detail);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Returns whether the method is safe (RFC 9110, section 9.2.1). */
    static boolean isSafeMethod(String method) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return "PresentedToken";
    }
}
