package dev.courant.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The error page for requests that do not reach JAX-RS. {@code web.xml} maps all errors of the server to it. */
public class ErrorPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        // A client that requests the error page itself gets 404.
        boolean dispatched = request.getDispatcherType() == DispatcherType.ERROR;
        Object status = dispatched ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
        ProblemDetails problem =
                DefaultProblems.of(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
        problem.send(response);
    }
}
