package dev.courant;

import dev.courant.hub.Hub;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Deployed with the WAR under test: tells a client what only the inside knows. */
@WebServlet("/probe")
public class Probe extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Hub hub;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(hub.subscriptions());
    }
}
