package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token that a request presents, and whether a browser may have added it without being asked (Mercure, "Presenting the
 * Access Token").
 */
record PresentedToken(String text, boolean ambient) {

    /** RFC 6750, section 2.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]++=*+)");

    private static final Pattern SCHEME = Pattern.compile("(?i:bearer)(?![^\\s,]).*", Pattern.DOTALL);

    /** The token is presented in a way that leaves open which it is. */
    static final class MalformedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        MalformedException(String how) {
            super(how, null, false, false);
        }
    }

    /** @throws MalformedException if it is presented as no standard allows */
    static @Nullable PresentedToken in(HttpServletRequest request, TokenProfile profile) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (!headers.isEmpty()) {
            return inHeader(headers);
        }
        String parameter = profile.parameterName();
        String query = request.getQueryString();
        if (parameter != null && query != null) {
            String text = only(values(query, parameter), "The token is there twice in the query.");
            if (text != null) {
                return new PresentedToken(text, false);
            }
        }
        List<String> values = cookies(request, profile.cookieName());
        // A page of a neighbouring domain can add one of the same name (RFC 6265, section 8.6).
        String text = only(values, "There are two cookies with different tokens.");
        return text == null ? null : new PresentedToken(text, true);
    }

    /** From the header: some servers leave out all but one of the same name. */
    private static List<String> cookies(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> unquoted(cookie.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** A header of another scheme leaves no token, but it is what the client chose: the cookie does not count. */
    private static @Nullable PresentedToken inHeader(List<String> headers) {
        String header = only(headers, "There is more than one Authorization header.");
        if (header == null || header.isBlank() || SCHEME.matcher(header).matches()) {
            Matcher bearer = BEARER.matcher(header == null ? "" : header);
            if (!bearer.matches()) {
                throw new MalformedException(
                        "The Authorization header has to be the word Bearer, a space and the token.");
            }
            return new PresentedToken(bearer.group(1), false);
        }
        return null;
    }

    /** From the address alone: the servlet's own parameters would read the body of a form. */
    private static List<String> values(String query, String name) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(name))
                .map(pair -> pair.length == 1 ? "" : decode(pair[1]))
                .toList();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static @Nullable String only(List<String> values, String otherwise) {
        if (values.size() > 1) {
            throw new MalformedException(otherwise);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Whether the request is to change nothing (RFC 9110, section 9.2.1). */
    static boolean isSafe(String method) {
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
