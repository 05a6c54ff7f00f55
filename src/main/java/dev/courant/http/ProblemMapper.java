package dev.courant.http;

import dev.courant.log.LogException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.nio.channels.CancelledKeyException;
import org.jspecify.annotations.Nullable;

/** Maps every exception of a resource or of JAX-RS itself to a problem document. */
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        return createResponse(thrown);
    }

    /** Returns the response for any exception, and logs an unexpected one. */
    public static Response createResponse(Throwable thrown) {
        if (thrown instanceof ProblemException refused) {
            Response.ResponseBuilder response = Response.ok();
            refused.headers().forEach(response::header);
            return respond(response, refused.problem());
        }
        if (thrown instanceof LogException unavailable) {
            return createResponse(StorageProblems.toProblem(unavailable));
        }
        if (thrown instanceof WebApplicationException ended
                && ended.getResponse().getStatus() == Response.Status.NO_CONTENT.getStatusCode()) {
            return ended.getResponse();
        }
        if (thrown instanceof WebApplicationException refused
                && refused.getResponse().getStatus() < 500) {
            // Keeps the headers, such as Allow of a 405.
            return respond(
                    Response.fromResponse(refused.getResponse()),
                    refused.getResponse().getStatus());
        }
        if (thrown instanceof IOException || thrown instanceof CancelledKeyException) {
            // The client disconnected while it sent the body, or a stopping Payara closed the connection. Writing a
            // document would fail, with a stack trace in the log.
            return Response.status(Response.Status.BAD_REQUEST).build();
        }
        if (isCausedByUri(thrown)) {
            return respond(Response.ok(), Response.Status.BAD_REQUEST.getStatusCode());
        }
        LOG.log(Level.ERROR, "A request failed with an unexpected exception", thrown);
        return respond(Response.serverError(), Response.Status.INTERNAL_SERVER_ERROR.getStatusCode());
    }

    /** Returns whether the URI contains raw characters that are not allowed: RESTEasy passes on the exception of the JDK. */
    private static boolean isCausedByUri(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof URISyntaxException || isCausedByUri(thrown.getCause()));
    }

    private static Response respond(Response.ResponseBuilder response, int status) {
        return respond(response, DefaultProblems.of(status));
    }

    private static Response respond(Response.ResponseBuilder response, ProblemDetails problem) {
        return response.status(problem.status(), problem.title())
                .entity(problem.toJson())
                .type(ProblemDetails.MEDIA_TYPE)
                .build();
    }
}
