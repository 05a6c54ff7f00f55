package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses a path that servers and JAX-RS implementations read in different ways, so that no event is published to a topic
 * that the client did not name.
 *
 * <p>Servers take a raw semicolon for the start of a path parameter and drop what follows (Jakarta Servlet, section 3.5).
 * A proxy that decodes {@code %3B} makes one out of a topic. Jersey cuts the topic out of the undecoded path by the length
 * of the decoded one, so the path before the topic must be written literally.
 */
public final class PathFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final Set<String> DOORS = Set.of("/sse", "/.well-known", "/ops");

    /** A percent sign without two hexadecimal digits. */
    /** The attribute of a request that was repaired before it was decoded: a sentence that says what was malformed. */
    public static final String MALFORMED_ATTRIBUTE = "dev.courant.malformed-path";

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    @Override
    protected void check(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (request.getAttribute(MALFORMED_ATTRIBUTE) instanceof String malformed) {
            throw new ProblemException(400, malformed);
        }
        if (MALFORMED_ESCAPE.matcher(path).find()) {
            throw new ProblemException(400, "The path has a percent sign without two hexadecimal digits: write %25.");
        }
        if (path.indexOf(';') >= 0) {
            throw new ProblemException(
                    400,
                    "The path has a semicolon, which servers take for the start of a parameter: percent-encode it,"
                            + " or name the topic in the query, as /sse?topic=...");
        }
        if (path.indexOf('#') >= 0) {
            throw new ProblemException(400, "The path has a number sign, which begins a fragment: write %23.");
        }
        if (path.indexOf('%') >= 0 && !isText(path)) {
            throw new ProblemException(400, "The path is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
        if (DOORS.contains(request.getServletPath()) && !isLiteral(path, request)) {
            throw new ProblemException(
                    400, "The path before the topic has to be written as " + request.getServletPath() + "/...");
        }
    }

    /** Servers put U+FFFD where bytes are not valid UTF-8, some of them by HTTP/2 only: two topics would be one. */
    private static boolean isText(String path) {
        try {
            FormDecoder.decode(path);
            return true;
        } catch (IllegalArgumentException notText) {
            return false;
        }
    }

    private static boolean isLiteral(String path, HttpServletRequest request) {
        String door = request.getContextPath() + request.getServletPath();
        return path.startsWith(door) && (path.length() == door.length() || path.charAt(door.length()) == '/');
    }
}
