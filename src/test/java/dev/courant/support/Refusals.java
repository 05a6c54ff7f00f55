package dev.courant.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;

/** Assertions on error responses: a problem document, and a challenge if the token does not grant the request. */
public final class Refusals {

    private static final String METADATA =
            "resource_metadata=\"https://hub.example/.well-known/oauth-protected-resource/courant/.well-known/mercure\"";

    private Refusals() {}

    public static void refused(int status, HttpResponse<?> response) {
        assertEquals(status, response.statusCode(), () -> String.valueOf(response.body()));
        assertEquals("application/problem+json", HubClient.header(response, "Content-Type"));
    }

    /** @param error the expected error code of RFC 6750, or empty for none */
    public static void challenged(int status, String error, HttpResponse<?> response) {
        refused(status, response);
        assertEquals(
                "Bearer " + (error.isEmpty() ? "" : "error=\"" + error + "\", ") + METADATA,
                HubClient.header(response, "WWW-Authenticate"));
    }
}
