package dev.courant.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Whatever a resource throws, and what JAX-RS itself refuses, as a problem document. */
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        return answer(thrown);
    }

    /** The answer to whatever was thrown. */
    public static Response answer(Throwable thrown) {
        if (thrown instanceof ProblemException refused) {
            Response.ResponseBuilder response = Response.ok();
            refused.headers().forEach(response::header);
            return respond(response, refused.problem());
        }
        if (thrown instanceof WebApplicationException refused
                && refused.getResponse().getStatus() < 500) {
            // The headers stay: Allow names what a 405 would have taken.
            return respond(
                    Response.fromResponse(refused.getResponse()),
                    refused.getResponse().getStatus());
        }
        if (thrown instanceof IOException) {
            // The body broke off. Nobody is left to be told why: to write to them would fail, and be logged at length.
            return Response.status(Response.Status.BAD_REQUEST).build();
        }
        if (isOfItsAddress(thrown)) {
            return respond(Response.ok(), Response.Status.BAD_REQUEST.getStatusCode());
        }
        LOG.log(Level.ERROR, "A request failed", thrown);
        return respond(Response.serverError(), Response.Status.INTERNAL_SERVER_ERROR.getStatusCode());
    }

    /** Raw characters that no address has; RESTEasy passes on what the JDK says to them. */
    private static boolean isOfItsAddress(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof URISyntaxException || isOfItsAddress(thrown.getCause()));
    }

    private static Response respond(Response.ResponseBuilder response, int status) {
        return respond(response, DefaultProblems.of(status));
    }

    private static Response respond(Response.ResponseBuilder response, ProblemDetails problem) {
        return response.status(problem.status(), problem.title())
                .entity(problem.json())
                .type(ProblemDetails.MEDIA_TYPE)
                .build();
    }
}
