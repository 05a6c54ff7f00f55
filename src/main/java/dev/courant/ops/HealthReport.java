package dev.courant.ops;

import dev.courant.http.ResponseHeader;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The responses to the health probes of load balancers and orchestrators. {@code status} and {@code checks} have the
 * format of MicroProfile Health. {@code reason} is an addition for operators.
 */
final class HealthReport {

    private static final String UP = "UP";
    private static final String DOWN = "DOWN";
    private static final ResponseHeader RETRY = ResponseHeader.retryAfter(5);

    private HealthReport() {}

    static Response live() {
        return respond(Response.ok(), body(UP, Json.createArrayBuilder()));
    }

    /** @param problem the reason why the hub is not ready, in one line; {@code null} if it is ready */
    static Response ready(@Nullable String problem) {
        String status = problem == null ? UP : DOWN;
        JsonArrayBuilder checks = Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("name", "hub").add("status", status));
        JsonObjectBuilder body = body(status, checks);
        return problem == null
                ? respond(Response.ok(), body)
                : respond(
                        Response.status(Response.Status.SERVICE_UNAVAILABLE).header(RETRY.name(), RETRY.value()),
                        body.add("reason", problem));
    }

    private static JsonObjectBuilder body(String status, JsonArrayBuilder checks) {
        return Json.createObjectBuilder().add("status", status).add("checks", checks);
    }

    private static Response respond(Response.ResponseBuilder response, JsonObjectBuilder body) {
        return response.header(ResponseHeader.NO_STORE.name(), ResponseHeader.NO_STORE.value())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body.build().toString())
                .build();
    }
}
