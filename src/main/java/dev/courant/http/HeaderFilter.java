package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses requests whose path, query or headers are too large, and control characters in headers. Bytes beyond ASCII
 * are opaque (RFC 9110, section 5.5) and are allowed. Grizzly's own check, which is switched off, can only refuse both
 * of them or neither.
 */
public final class HeaderFilter extends ProblemFilter {

    /** The maximum size of the path and query: 100 matchers of 1,024 bytes, percent-encoded, and their names. */
    static final int MAX_TARGET_BYTES = 320 << 10;

    /** The maximum size of all header names and values. */
    static final int MAX_HEADER_BYTES = 32 << 10;

    private static final long serialVersionUID = 1;

    /** A host and a port by RFC 3986, section 3.2. RFC 9112, section 3.2, requires a server to refuse any other value. */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]*)?");

    @Override
    protected void check(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > MAX_TARGET_BYTES) {
            throw new ProblemException(
                    414,
                    "The path and query are longer than " + MAX_TARGET_BYTES
                            + " bytes. Send fewer topics or matchers.");
        }
        String host = request.getHeader("Host");
        if (host != null && !HOST.matcher(host.strip()).matches()) {
            throw new ProblemException(400, "The Host header is not a host name or address with an optional port.");
        }
        int bytes = 0;
        for (String name : list(request.getHeaderNames())) {
            for (String value : list(request.getHeaders(name))) {
                bytes += name.length() + value.length();
                if (bytes > MAX_HEADER_BYTES) {
                    throw new ProblemException(
                            431,
                            "The headers are larger than " + MAX_HEADER_BYTES + " bytes. Send fewer or shorter ones.");
                }
                if (value.chars().anyMatch(HeaderFilter::isControl)) {
                    throw new ProblemException(
                            400, "The header " + toPrintable(name) + " contains a control character. Remove it.");
                }
            }
        }
    }

    private static List<String> list(Enumeration<String> values) {
        return Collections.list(values);
    }

    /** Returns whether a header value may not contain the character. A tab is white space. */
    private static boolean isControl(int c) {
        return (c < ' ' && c != '\t') || c == 0x7F;
    }

    /** Replaces all characters except visible ASCII. Some servers allow them in names. */
    private static String toPrintable(String name) {
        return name.replaceAll("[^!-~]", "?");
    }
}
