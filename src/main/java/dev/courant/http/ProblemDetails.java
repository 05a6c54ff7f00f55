package dev.courant.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * A problem document of RFC 9457. Its type is {@code about:blank}, so the title is the phrase of the status.
 *
 * @param status an HTTP status, 400 to 599
 * @param detail one or two sentences for a person: the cause and, if there is one, the solution
 */
public record ProblemDetails(int status, String title, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Writes the document as the response, without a JAX-RS implementation. */
    void send(HttpServletResponse response) {
        send(response, Map.of());
    }

    /** Writes the document with further members as the response, without a JAX-RS implementation. */
    void send(HttpServletResponse response, Map<String, Object> members) {
        byte[] body = toJson(members).getBytes(UTF_8);
        response.setStatus(status);
        ResponseHeader.NO_STORE.set(response);
        ResponseHeader.NO_SNIFF.set(response); // a server may have called no filter, as for /WEB-INF/
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            // Also written for HEAD: the server discards it, but would send its own error page if nothing was written.
            response.getOutputStream().write(body);
        } catch (IOException clientGone) {
            // The client has disconnected. If this was thrown, the server would log a stack trace.
        }
    }

    /** Returns the document as JSON. */
    public String toJson() {
        return toJson(Map.of());
    }

    private String toJson(Map<String, Object> members) {
        return Json.createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .addAll(Json.createObjectBuilder(members))
                .build()
                .toString();
    }
}
