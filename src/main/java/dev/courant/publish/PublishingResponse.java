package dev.courant.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.http.StorageProblems;
import dev.courant.log.EventPipe;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response to a body with several events. It names the number of events that are stored, and the last id. */
final class PublishingResponse {

    private static final Logger LOG = System.getLogger(PublishingResponse.class.getName());

    private PublishingResponse() {}

    /**
     * Writes the response.
     *
     * @param problem the reason why not the whole body was published, or {@code null}
     * @param unfinished whether the body ended within an event
     * @return false if the client has disconnected
     */
    static boolean send(
            HttpServletResponse response,
            EventPipe.Progress progress,
            @Nullable ProblemException problem,
            boolean unfinished) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("stored", progress.stored());
        if (progress.lastId() != null) {
            members.put("lastId", progress.lastId());
        }
        if (progress.next() > 0) {
            members.put("next", progress.next());
        }
        Throwable failure = progress.failure();
        ProblemException refusal = failure == null ? problem : toProblem(failure);
        try {
            if (refusal != null) {
                ResponseHeader.CLOSE.set(response);
                refusal.send(response, members);
            } else {
                if (unfinished) {
                    members.put("unfinished", true);
                }
                byte[] body =
                        Json.createObjectBuilder(members).build().toString().getBytes(UTF_8);
                response.setStatus(HttpServletResponse.SC_OK);
                response.setContentType(MediaType.APPLICATION_JSON);
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
            response.flushBuffer();
            response.flushBuffer(); // Open Liberty ignores the first flush
            return true;
        } catch (IOException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "A publisher has disconnected", gone);
            return false;
        }
    }

    private static ProblemException toProblem(Throwable failure) {
        RuntimeException problem = StorageProblems.toProblem(failure);
        if (problem instanceof ProblemException refusal) {
            return refusal;
        }
        LOG.log(Level.ERROR, "An event could not be stored", failure);
        return new ProblemException(500, "An event could not be stored.");
    }
}
