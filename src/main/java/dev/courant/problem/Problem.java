package dev.courant.problem;

import jakarta.json.Json;

/**
 * An error as RFC 9457 writes it. Its type is {@code about:blank}, so the title is the status's own phrase.
 *
 * @param status an HTTP status, 400 to 599
 * @param detail one sentence for the person who reads it: what was wrong and, where there is one, the way out
 */
public record Problem(int status, String title, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

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
