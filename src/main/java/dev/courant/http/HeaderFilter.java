package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Refuses requests that are too large, and control characters in their headers. Bytes beyond ASCII are opaque (RFC 9110,
 * section 5.5) and pass. Grizzly refuses both or neither, so Courant lets both pass there.
 */
public final class HeaderFilter extends ProblemFilter {

    /** The maximum size of the path and query: 100 matchers of 1,024 bytes, percent-encoded, and their names. */
    static final int MAX_TARGET_BYTES = 320 << 10;

    /** The maximum size of all header names and values. */
    static final int MAX_HEADER_BYTES = 32 << 10;

    private static final long serialVersionUID = 1;

    @Override
    protected void check(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > MAX_TARGET_BYTES) {
            throw new ProblemException(414, "The path and query have " + MAX_TARGET_BYTES + " bytes at the most.");
        }
        checkFraming(request);
        int bytes = 0;
        for (String name : list(request.getHeaderNames())) {
            for (String value : list(request.getHeaders(name))) {
                bytes += name.length() + value.length();
                if (bytes > MAX_HEADER_BYTES) {
                    throw new ProblemException(
                            431, "The headers of a request have " + MAX_HEADER_BYTES + " bytes at the most.");
                }
                if (value.chars().anyMatch(HeaderFilter::isControl)) {
                    throw new ProblemException(400, "The header " + printable(name) + " has a control character.");
                }
            }
        }
    }

    /**
     * Refuses such a body and closes the connection, since the bytes that follow may be the rest of the body.
     *
     * <p>A proxy may take the end of such a body elsewhere than the server does, which takes some for requests without one (RFC
     * 9112, sections 6.1 and 6.3).
     */
    private static void checkFraming(HttpServletRequest request) {
        List<String> codings = list(request.getHeaders("Transfer-Encoding"));
        if (codings.isEmpty()) {
            return;
        }
        if (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked")) {
            throw new ProblemException(501, "The only Transfer-Encoding here is chunked.", ResponseHeader.CLOSE);
        }
        if (request.getHeader("Content-Length") != null) {
            throw new ProblemException(
                    400, "A request has a Content-Length or a Transfer-Encoding, not both.", ResponseHeader.CLOSE);
        }
    }

    private static List<String> list(Enumeration<String> values) {
        return Collections.list(values);
    }

    /** A tab is white space within a value. */
    private static boolean isControl(int c) {
        return (c < ' ' && c != '\t') || c == 0x7F;
    }

    /** Names are tokens of ASCII, unless a server lets others pass. */
    private static String printable(String name) {
        return name.replaceAll("[^!-~]", "?");
    }
}
