package dev.courant.http;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Converts the refusal of a stream into a problem document. An {@code EventSource} gets an empty stream with a retry time
 * instead, since it never reconnects after a status other than 200.
 */
public class RefusedStreamMapper implements ExceptionMapper<RefusedStreamException> {

    @Context
    HttpHeaders headers;

    @Override
    public Response toResponse(RefusedStreamException refused) {
        if (EventSourceClient.matches(
                headers.getHeaderString(HttpHeaders.USER_AGENT), headers.getHeaderString(HttpHeaders.ACCEPT))) {
            return Response.ok("retry: " + refused.retryMillis() + "\n\n", MediaType.SERVER_SENT_EVENTS_TYPE)
                    .build();
        }
        return ProblemMapper.createResponse(refused.problem());
    }
}
