package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;

/**
 * Refuses a malformed query (RFC 3986, section 3.4) and a malformed weight in {@code Accept}. Servers and JAX-RS
 * implementations fail on these in different ways, and some only once there is a stream.
 *
 * <p>The filter also hides the server's form parameters from the JAX-RS implementation, which reads queries and bodies by
 * itself. Jersey takes those of an empty form for the form, and logs the whole address, with a token if there is one in it.
 */
public final class QueryFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Pattern NAMES_AND_VALUES = Pattern.compile("[&=]");

    /** RFC 9110, section 12.4.2; RESTEasy takes another for a fault of its own. */
    private static final Pattern NO_WEIGHT =
            Pattern.compile(";\\s*q\\s*=(?!\\s*[01](\\.[0-9]*)?\\s*([,;]|$))", Pattern.CASE_INSENSITIVE);

    @Override
    protected void check(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept != null && NO_WEIGHT.matcher(accept).find()) {
            throw new ProblemException(400, "The Accept header has a weight (q) that is no number from 0 to 1.");
        }
        String query = request.getQueryString();
        if (query == null) {
            return;
        }
        if (MALFORMED_ESCAPE.matcher(query).find()) {
            throw new ProblemException(400, "The query has a percent sign without two hexadecimal digits: write %25.");
        }
        if (query.indexOf('#') >= 0) {
            throw new ProblemException(400, "The query has a number sign, which begins a fragment: write %23.");
        }
        if (query.chars().anyMatch(c -> c > '~') && !isReadable(request)) {
            throw new ProblemException(400, "The query is not valid UTF-8: write other characters percent-encoded.");
        }
        if (query.indexOf('%') >= 0) {
            checkText(query);
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

    /** JAX-RS implementations put U+FFFD where bytes are not valid UTF-8: two topics would be one. */
    private static void checkText(String query) {
        for (String part : NAMES_AND_VALUES.split(query, -1)) {
            try {
                FormDecoder.decode(part);
            } catch (IllegalArgumentException notText) {
                throw new ProblemException(
                        400,
                        "A parameter of the query is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
            }
        }
    }

    /** Only the server knows how it reads such a query; of a form it would read the body as well. */
    private static boolean isReadable(HttpServletRequest request) {
        try {
            boolean bodiless =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            return bodiless && !request.getParameterMap().containsKey("\0");
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
