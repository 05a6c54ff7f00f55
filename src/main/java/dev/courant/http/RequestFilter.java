package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the body's framing, the headers, the path and the query of every request. It refuses what a proxy, a server or a
 * JAX-RS implementation would read in different ways. Otherwise the rest of a body could be read as a request, or an
 * event be published to a topic that the client did not name.
 *
 * <p>Queries (RFC 3986, section 3.4) and the weights in {@code Accept} are checked for the resources only. For them, the
 * list of headers also omits the {@code Content-Type} of a form. Otherwise Jersey would block the request thread until the
 * first byte of the body arrives, for any method and beyond the limit on slow bodies. It would also take the parameters of
 * the query for those of an empty form, and log the whole URL, which may contain a token.
 */
public final class RequestFilter extends ProblemFilter {

    /** The request attribute with the problem detail of a request that was repaired before the server decoded it. */
    public static final String MALFORMED_ATTRIBUTE = "dev.courant.malformed-path";

    public static final String SEMICOLON_DETAIL =
            "The path contains a semicolon, which starts a path parameter. Write %3B, or name the topic in the query:"
                    + " /sse?topic=...";

    /** The maximum size of the path and query: 100 matchers of 1,024 bytes, percent-encoded, and their names. */
    static final int MAX_TARGET_BYTES = 320 << 10;

    /** The maximum size of all header names and values. */
    static final int MAX_HEADER_BYTES = 32 << 10;

    private static final long serialVersionUID = 1;

    private static final Set<String> RESOURCE_ROOTS = Set.of("/sse", "/.well-known", "/ops");

    /** A host and a port by RFC 3986, section 3.2. RFC 9112, section 3.2, requires a server to refuse any other value. */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]*)?");

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");
    private static final Pattern NAMES_AND_VALUES = Pattern.compile("[&=]");
    private static final Pattern FORM =
            Pattern.compile("\\s*application/x-www-form-urlencoded\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** A weight that violates RFC 9110, section 12.4.2. RESTEasy responds to it with 500. */
    private static final Pattern MALFORMED_WEIGHT =
            Pattern.compile(";\\s*q\\s*=(?!\\s*[01](\\.[0-9]*)?\\s*([,;]|$))", Pattern.CASE_INSENSITIVE);

    @Override
    protected void check(HttpServletRequest request) {
        checkFraming(request);
        checkHeaders(request);
        checkPath(request);
        if (isResource(request)) {
            checkAccept(request);
            checkQuery(request);
        }
    }

    /**
     * Refuses a body that may end elsewhere for a proxy than for the server (RFC 9112, sections 6.1 and 6.3). Some servers
     * even read such a request as one without a body. The connection is closed, since the bytes that follow may be the
     * rest of the body.
     */
    private static void checkFraming(HttpServletRequest request) {
        List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
        if (codings.isEmpty()) {
            return;
        }
        if (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked")) {
            throw new ProblemException(
                    501,
                    "The Transfer-Encoding is not supported. Send 'chunked' or a Content-Length.",
                    ResponseHeader.CLOSE);
        }
        if (request.getHeader("Content-Length") != null) {
            throw new ProblemException(
                    400,
                    "The request has both a Content-Length and a Transfer-Encoding. Send one of them.",
                    ResponseHeader.CLOSE);
        }
    }

    /**
     * Refuses a path, query or headers that are too large, and control characters in headers. Bytes beyond ASCII are
     * opaque (RFC 9110, section 5.5) and are allowed. Grizzly's own check, which is switched off, can only refuse both of
     * them or neither.
     */
    private static void checkHeaders(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > MAX_TARGET_BYTES) {
            throw new ProblemException(
                    414,
                    "The path and query are longer than " + MAX_TARGET_BYTES
                            + " bytes. Send fewer topics or matchers.");
        }
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        if (hosts.size() > 1) {
            throw new ProblemException(400, "The request has " + hosts.size() + " Host headers. Send one.");
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.get(0).strip()).matches()) {
            throw new ProblemException(400, "The Host header is not a host name or address with an optional port.");
        }
        int bytes = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                bytes += name.length() + value.length();
                if (bytes > MAX_HEADER_BYTES) {
                    throw new ProblemException(
                            431,
                            "The headers are larger than " + MAX_HEADER_BYTES + " bytes. Send fewer or shorter ones.");
                }
                if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                    // Some servers allow other characters than visible ASCII in names.
                    String printable = name.replaceAll("[^!-~]", "?");
                    throw new ProblemException(
                            400, "The header " + printable + " contains a control character. Remove it.");
                }
            }
        }
    }

    /**
     * Refuses a path that servers decode in different ways. Servers treat a raw semicolon as the start of a path parameter
     * and drop the rest of the segment (Jakarta Servlet, section 3.5). A proxy that decodes {@code %3B} in a topic produces
     * such a semicolon. The topic is the rest of the encoded path after the path of the resource, which must therefore not
     * be percent-encoded.
     */
    private static void checkPath(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (request.getAttribute(MALFORMED_ATTRIBUTE) instanceof String malformed) {
            throw new ProblemException(400, malformed);
        }
        if (MALFORMED_ESCAPE.matcher(path).find()) {
            throw new ProblemException(
                    400, "The path contains a percent sign without two hexadecimal digits. Write %25.");
        }
        if (path.indexOf(';') >= 0) {
            throw new ProblemException(400, SEMICOLON_DETAIL);
        }
        if (path.indexOf('#') >= 0) {
            throw new ProblemException(400, "The path contains a number sign, which starts a fragment. Write %23.");
        }
        if (path.indexOf('%') >= 0 && !isUtf8(path)) {
            throw new ProblemException(400, "The path is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
        if (!isResource(request) && DOT_SEGMENT.matcher(path).find()) {
            throw new ProblemException(400, "The path has a segment '.' or '..'. Send it without such segments.");
        }
        if (isResource(request) && !hasLiteralRoot(path, request)) {
            throw new ProblemException(
                    400,
                    "The path starts with another spelling of " + request.getServletPath() + ". Write "
                            + request.getServletPath() + "/... literally.");
        }
    }

    static void checkAccept(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept != null && MALFORMED_WEIGHT.matcher(accept).find()) {
            throw new ProblemException(
                    400,
                    "The Accept header contains a weight (q) that is not a number from 0 to 1. Correct or omit it.");
        }
    }

    static void checkQuery(HttpServletRequest request) {
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
        // Each name and value: their bytes may be valid together only.
        if (query.indexOf('%') >= 0 && !NAMES_AND_VALUES.splitAsStream(query).allMatch(RequestFilter::isUtf8)) {
            throw new ProblemException(
                    400, "A parameter of the query is not valid UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
    }

    @Override
    protected HttpServletRequest wrap(HttpServletRequest request) {
        return !isResource(request)
                ? request
                : new HttpServletRequestWrapper(request) {
                    @Override
                    public Enumeration<String> getHeaderNames() {
                        List<String> names = Collections.list(super.getHeaderNames());
                        if (isForm(this)) {
                            names.removeIf("Content-Type"::equalsIgnoreCase);
                        }
                        return Collections.enumeration(names);
                    }
                };
    }

    private static boolean isForm(HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders("Content-Type"));
        return types.size() == 1 && FORM.matcher(types.get(0)).matches();
    }

    private static boolean isResource(HttpServletRequest request) {
        return RESOURCE_ROOTS.contains(request.getServletPath());
    }

    /**
     * Returns whether a path or parameter is valid UTF-8. Servers and JAX-RS implementations replace invalid bytes by U+FFFD,
     * some of them with HTTP/2 only, which would make different topics equal.
     */
    private static boolean isUtf8(String encoded) {
        try {
            FormDecoder.decode(encoded);
            return true;
        } catch (IllegalArgumentException notUtf8) {
            return false;
        }
    }

    private static boolean hasLiteralRoot(String path, HttpServletRequest request) {
        String root = request.getContextPath() + request.getServletPath();
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
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
