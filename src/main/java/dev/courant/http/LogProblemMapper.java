package dev.courant.http;

import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Converts an exception of a log into a problem document, if a stream cannot be opened. An {@code EventSource} gets an
 * empty stream with a retry time instead, since it never reconnects after a status other than 200.
 */
public class LogProblemMapper implements ExceptionMapper<LogException> {

    private static final int RETRY_MILLIS = 5000;

    @Context
    private HttpHeaders headers;

    @Override
    public Response toResponse(LogException refused) {
        if (refused instanceof LogUnavailableException
                && EventSourceClient.matches(
                        headers.getHeaderString(HttpHeaders.USER_AGENT), headers.getHeaderString(HttpHeaders.ACCEPT))) {
            int millis = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
            return Response.ok("retry: " + millis + "\n\n", MediaType.SERVER_SENT_EVENTS_TYPE)
                    .build();
        }
        return ProblemMapper.createResponse(StorageProblems.toProblem(refused));
    }
}
