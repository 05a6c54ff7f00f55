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
 * What a log refuses while a stream is opened, as a problem document. But a browser's EventSource takes any status other
 * than 200 for a reason never to come back; an empty stream with a retry time is what makes it wait.
 */
public class LogProblemMapper implements ExceptionMapper<LogException> {

    private static final int RETRY_MILLIS = 5000;

    @Context
    private HttpHeaders headers;

    @Override
    public Response toResponse(LogException refused) {
        if (refused instanceof LogUnavailableException
                && EventSourceClient.is(
                        headers.getHeaderString(HttpHeaders.USER_AGENT), headers.getHeaderString(HttpHeaders.ACCEPT))) {
            int millis = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
            return Response.ok("retry: " + millis + "\n\n", MediaType.SERVER_SENT_EVENTS_TYPE)
                    .build();
        }
        return ProblemMapper.answer(StorageProblems.because(refused));
    }
}
