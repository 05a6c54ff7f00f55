package dev.courant.http;

import jakarta.ws.rs.core.Response.Status;

/** What is said of a status for which nobody has said anything more specific. */
final class DefaultProblems {

    private DefaultProblems() {}

    static ProblemDetails of(int status) {
        Status known = Status.fromStatusCode(status);
        String title = known == null ? otherwise(status) : known.getReasonPhrase();
        return new ProblemDetails(
                status,
                title,
                switch (status) {
                    case 400 -> "The request could not be understood: its address or one of its headers is malformed.";
                    case 404 -> "There is nothing at this address.";
                    case 405 -> "This address does not take this method; the Allow header names those that it does.";
                    case 406 -> "This address answers with text/event-stream, which the Accept header excludes.";
                    case 415 ->
                        "This address takes a form: send Content-Type: application/x-www-form-urlencoded, with the fields"
                                + " topic and data.";
                    case 503 ->
                        "This cannot be had now. If there is a Retry-After, come back after the time that it names.";
                    default ->
                        status < 500
                                ? "The request was refused."
                                : "Something went wrong here; the log has the details.";
                });
    }

    /** Those of ours that the standard's own list lacks. */
    private static String otherwise(int status) {
        return switch (status) {
            case 431 -> "Request Header Fields Too Large";
            case 422 -> "Unprocessable Content";
            case 507 -> "Insufficient Storage";
            default -> "Error";
        };
    }
}
