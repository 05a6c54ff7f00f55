package dev.courant.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of the application, for what never reaches JAX-RS: web.xml sends all of the server's errors here. */
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        // Asked for by its own address it is not there.
        boolean dispatched = request.getDispatcherType() == DispatcherType.ERROR;
        Object status = dispatched ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
        Problem problem = Problems.of(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
        byte[] body = problem.json().getBytes(UTF_8);
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            // For HEAD too: the server leaves it out, but answers with a page of its own where nothing is written.
            response.getOutputStream().write(body);
        } catch (IOException clientGone) {
            // Nobody is left to tell, and the server would log it at length.
        }
    }
}
