package dev.courant.support;

import dev.courant.hub.Hub;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A servlet in the WAR under test that returns internal state of the hub. */
@WebServlet("/probe")
public class ServerProbe extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    @Inject
    private transient Hub hub;

    private final transient Queue<String> errors = new ConcurrentLinkedQueue<>();

    private final transient Handler listener = new Handler() {

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(logged.getLoggerName() + ": " + logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void init() {
        ROOT_LOGGER.addHandler(listener);
    }

    @Override
    public void destroy() {
        ROOT_LOGGER.removeHandler(listener);
    }

    /**
     * Writes the number of subscriptions, or for {@code ?errors} the errors that the whole server has logged since the first
     * request.
     */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (request.getParameter("errors") == null) {
            response.getWriter().print(hub.countSubscriptions());
        } else {
            response.getWriter().print(String.join("\n", errors));
        }
    }
}
