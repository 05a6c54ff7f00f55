package dev.courant.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Responds with {@code 204}, after which an {@code EventSource} does not reconnect (WHATWG HTML, section 9.2). */
public class EndedStreamMapper implements ExceptionMapper<EndedStreamException> {

    @Override
    public Response toResponse(EndedStreamException ended) {
        return Response.noContent().build();
    }
}
