package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses a path that servers and JAX-RS implementations read in different ways. Otherwise an event could be published
 * to a topic that the client did not name.
 *
 * <p>Servers treat a raw semicolon as the start of a path parameter and drop the rest of the segment (Jakarta Servlet,
 * section 3.5). A proxy that decodes {@code %3B} in a topic produces such a semicolon. Jersey locates the topic in the
 * encoded path by the length of the decoded path before it. That part of the path must therefore not be
 * percent-encoded.
 */
public final class PathFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final Set<String> RESOURCE_ROOTS = Set.of("/sse", "/.well-known", "/ops");

    /** The request attribute with the problem detail of a request that was repaired before the server decoded it. */
    public static final String MALFORMED_ATTRIBUTE = "dev.courant.malformed-path";

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    @Override
    protected void check(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (request.getAttribute(MALFORMED_ATTRIBUTE) instanceof String malformed) {
            throw new ProblemException(400, malformed);
        }
        if (MALFORMED_ESCAPE.matcher(path).find()) {
            throw new ProblemException(
                    400, "The path contains a percent sign without two hexadecimal digits. Write %25.");
        }
        if (path.indexOf(';') >= 0) {
            throw new ProblemException(
                    400,
                    "The path contains a semicolon, which starts a path parameter. Write %3B, or name the topic in the query:"
                            + " /sse?topic=...");
        }
        if (path.indexOf('#') >= 0) {
            throw new ProblemException(400, "The path contains a number sign, which starts a fragment. Write %23.");
        }
        if (path.indexOf('%') >= 0 && !isUtf8(path)) {
            throw new ProblemException(400, "The path is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
        if (RESOURCE_ROOTS.contains(request.getServletPath()) && !hasLiteralRoot(path, request)) {
            throw new ProblemException(
                    400,
                    "The path starts with another spelling of " + request.getServletPath() + ". Write "
                            + request.getServletPath() + "/... literally.");
        }
    }

    /**
     * Returns whether the path is valid UTF-8. Servers replace invalid bytes by U+FFFD, some of them with HTTP/2 only, which
     * would make different topics equal.
     */
    private static boolean isUtf8(String path) {
        try {
            FormDecoder.decode(path);
            return true;
        } catch (IllegalArgumentException notUtf8) {
            return false;
        }
    }

    private static boolean hasLiteralRoot(String path, HttpServletRequest request) {
        String root = request.getContextPath() + request.getServletPath();
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
