package dev.courant.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;

/** A request is refused for a reason that can be told. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    /**
     * Refuses a request.
     *
     * @param status an HTTP status, 400 to 599
     * @param detail as in {@link ProblemDetails}
     * @param headers that say more to programs, such as {@code Retry-After}
     */
    public ProblemException(int status, String detail, ResponseHeader... headers) {
        super(detail);
        this.status = status;
        this.headers = Arrays.stream(headers).collect(toUnmodifiableMap(ResponseHeader::name, ResponseHeader::value));
    }

    /** The document to answer with. */
    public ProblemDetails problem() {
        return new ProblemDetails(status, DefaultProblems.of(status).title(), String.valueOf(getMessage()));
    }

    /** Answers with it, where no JAX-RS implementation does. */
    public void send(HttpServletResponse response) {
        headers.forEach(response::setHeader);
        problem().send(response);
    }

    /** The headers to answer with, one value each. */
    public Map<String, String> headers() {
        return headers;
    }
}
