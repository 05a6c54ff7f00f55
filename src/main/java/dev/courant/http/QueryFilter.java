package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;

/**
 * Refuses a malformed query (RFC 3986, section 3.4) and a malformed weight in {@code Accept}. Servers and JAX-RS
 * implementations fail on these in different ways, some of them only after a stream has been opened.
 *
 * <p>The filter also hides the server's parameters from the JAX-RS implementation, which parses queries and bodies itself.
 * Otherwise Jersey would take the parameters of the query for those of an empty form, and log the whole URL, which may
 * contain a token.
 */
public final class QueryFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Pattern NAMES_AND_VALUES = Pattern.compile("[&=]");

    /** A weight that violates RFC 9110, section 12.4.2. RESTEasy responds to it with 500. */
    private static final Pattern MALFORMED_WEIGHT =
            Pattern.compile(";\\s*q\\s*=(?!\\s*[01](\\.[0-9]*)?\\s*([,;]|$))", Pattern.CASE_INSENSITIVE);

    @Override
    protected void check(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept != null && MALFORMED_WEIGHT.matcher(accept).find()) {
            throw new ProblemException(
                    400,
                    "The Accept header contains a weight (q) that is not a number from 0 to 1. Correct or omit it.");
        }
        String query = request.getQueryString();
        if (query == null) {
            return;
        }
        if (MALFORMED_ESCAPE.matcher(query).find()) {
            throw new ProblemException(
                    400, "The query contains a percent sign without two hexadecimal digits. Write %25.");
        }
        if (query.indexOf('#') >= 0) {
            throw new ProblemException(400, "The query contains a number sign, which starts a fragment. Write %23.");
        }
        if (query.chars().anyMatch(c -> c > '~') && !canServerDecode(request)) {
            throw new ProblemException(
                    400, "The query is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
        if (query.indexOf('%') >= 0) {
            checkUtf8(query);
        }
    }

    @Override
    protected HttpServletRequest wrap(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Enumeration<String> getParameterNames() {
                return Collections.emptyEnumeration();
            }
        };
    }

    /** Refuses parameters that are not UTF-8. JAX-RS implementations replace them by U+FFFD, which would make topics equal. */
    private static void checkUtf8(String query) {
        for (String part : NAMES_AND_VALUES.split(query, -1)) {
            try {
                FormDecoder.decode(part);
            } catch (IllegalArgumentException notUtf8) {
                throw new ProblemException(
                        400,
                        "A parameter of the query is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
            }
        }
    }

    /**
     * Returns whether the server can decode a query with raw bytes beyond ASCII; servers differ in this. A {@code POST} is not
     * tried, since the server would also read its body as a form.
     */
    private static boolean canServerDecode(HttpServletRequest request) {
        try {
            boolean bodiless =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            return bodiless && !request.getParameterMap().containsKey("\0");
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
