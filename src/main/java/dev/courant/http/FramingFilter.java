package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Refuses a request whose body may end elsewhere for a proxy than for the server (RFC 9112, sections 6.1 and 6.3). Some
 * servers even read such a request as one without a body. The connection is closed, since the bytes that follow may be
 * the rest of the body.
 */
public final class FramingFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void check(HttpServletRequest request) {
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
}
