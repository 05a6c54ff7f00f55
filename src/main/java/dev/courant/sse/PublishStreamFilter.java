package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.http.ProblemException;
import dev.courant.publish.EventStreamReceiver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The filter that handles {@code POST} and {@code PUT} of bodies with several events, to the topics in the path or the query.
 * JAX-RS has no API that reads a body without blocking. If it suspended the request, Jersey would complete it a second time.
 */
public final class PublishStreamFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient EventStreamReceiver receiver;

    public PublishStreamFilter(EventStreamReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // curl -T sends PUT without a media type.
        boolean put = request.getMethod().equals("PUT");
        if (!put && !(request.getMethod().equals("POST") && EventStreamReceiver.isStreamOfEvents(request))) {
            chain.doFilter(request, response);
            return;
        }
        try {
            receive(request);
        } catch (ProblemException refused) {
            refused.send(response);
        }
    }

    private void receive(HttpServletRequest request) throws IOException {
        EventParameters parameters = EventParameters.read(request).forSeveralEvents();
        String key = request.getHeader("Idempotency-Key");
        if (key == null && parameters.from() > 1) {
            throw new ProblemException(
                    400, "The parameter 'from' continues a stream with an Idempotency-Key. Send its key.");
        }
        receiver.receive(
                request,
                AccessFilter.getRights(request),
                parameters.topics(),
                key,
                parameters.from(),
                parameters::toEvent);
    }
}
