package dev.courant.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;

/** Thrown to refuse a request with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    /**
     * @param status an HTTP status, 400 to 599
     * @param detail as in {@link ProblemDetails}
     * @param headers additional headers of the response, such as {@code Retry-After}
     */
    public ProblemException(int status, String detail, ResponseHeader... headers) {
        super(detail);
        this.status = status;
        this.headers = Arrays.stream(headers).collect(toUnmodifiableMap(ResponseHeader::name, ResponseHeader::value));
    }

    /** Returns the body of the response. */
    public ProblemDetails problem() {
        return new ProblemDetails(status, DefaultProblems.of(status).title(), String.valueOf(getMessage()));
    }

    /** Writes the document as the response, without a JAX-RS implementation. */
    public void send(HttpServletResponse response) {
        send(response, Map.of());
    }

    /** Writes the document with further members as the response, without a JAX-RS implementation. */
    public void send(HttpServletResponse response, Map<String, Object> members) {
        headers.forEach(response::setHeader);
        problem().send(response, members);
    }

    /** Returns the additional headers of the response. */
    public Map<String, String> headers() {
        return headers;
    }
}
