package dev.courant.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * Refuses a query that is none (RFC 3986, section 3.4), and such a weight in what is accepted: servers and JAX-RS
 * implementations fail on them in ways of their own, and some only once there is a stream.
 */
public final class QueryFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** RFC 9110, section 12.4.2; RESTEasy takes another for a fault of its own. */
    private static final Pattern NO_WEIGHT =
            Pattern.compile(";\\s*q\\s*=(?!\\s*[01](\\.[0-9]*)?\\s*([,;]|$))", Pattern.CASE_INSENSITIVE);

    @Override
    protected void look(HttpServletRequest request) {
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
        if (!isUtf8(query)) {
            throw new ProblemException(
                    400, "The query has percent-encoded bytes that are not valid UTF-8: encode characters as UTF-8.");
        }
        if (query.chars().anyMatch(c -> c > '~') && !isReadable(request)) {
            throw new ProblemException(400, "The query is not valid UTF-8: write other characters percent-encoded.");
        }
    }

    /** Returns whether the escapes, which are well-formed, are UTF-8. Servers decode others to U+FFFD: one topic of several. */
    private static boolean isUtf8(String query) {
        String bytes = URLDecoder.decode(query.replaceAll("[^ -~]", "?"), ISO_8859_1);
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
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
