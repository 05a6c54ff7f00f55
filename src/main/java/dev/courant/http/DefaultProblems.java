package dev.courant.http;

import jakarta.ws.rs.core.Response.Status;

/** The problem document of each status that has no specific one. */
final class DefaultProblems {

    private DefaultProblems() {}

    static ProblemDetails of(int status) {
        Status known = Status.fromStatusCode(status);
        String title = known == null ? findTitle(status) : known.getReasonPhrase();
        return new ProblemDetails(
                status,
                title,
                switch (status) {
                    case 400 -> "The path, the query or a header of the request is malformed.";
                    case 404 -> "There is no resource at this path.";
                    case 405 ->
                        "This path does not support the method of the request. The Allow header lists those that it supports.";
                    case 406 -> "This path returns text/event-stream, which the Accept header excludes.";
                    case 415 ->
                        "This path accepts a form. Send Content-Type: application/x-www-form-urlencoded with the fields topic"
                                + " and data.";
                    case 503 ->
                        "The server cannot handle the request now. Repeat it later, after Retry-After if it is present.";
                    default ->
                        status < 500
                                ? "The request was refused."
                                : "The server failed to handle the request. Its log has the details.";
                });
    }

    /** Returns the title of a status that {@link Status} lacks. */
    private static String findTitle(int status) {
        return switch (status) {
            case 431 -> "Request Header Fields Too Large";
            case 422 -> "Unprocessable Content";
            case 507 -> "Insufficient Storage";
            default -> "Error";
        };
    }
}
