package dev.courant.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An error as RFC 9457 writes it. Its type is {@code about:blank}, so the title is the status's own phrase.
 *
 * @param status an HTTP status, 400 to 599
 * @param detail one sentence for the person who reads it: what was wrong and, where there is one, the way out
 */
public record ProblemDetails(int status, String title, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** Answers with it, where no JAX-RS implementation does. */
    void send(HttpServletResponse response) {
        byte[] body = json().getBytes(UTF_8);
        response.setStatus(status);
        ResponseHeader.NO_STORE.set(response);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            // For HEAD too: the server leaves it out, but answers with a page of its own where nothing is written.
            response.getOutputStream().write(body);
        } catch (IOException clientGone) {
            // Nobody is left to tell, and the server would log it at length.
        }
    }

    /** The document. */
    public String json() {
        return Json.createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
    }
}
