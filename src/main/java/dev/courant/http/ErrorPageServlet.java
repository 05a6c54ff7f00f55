package dev.courant.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The error page of the application, for what never reaches JAX-RS: web.xml sends all of the server's errors here. */
public class ErrorPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        // Asked for by its own address it is not there.
        boolean dispatched = request.getDispatcherType() == DispatcherType.ERROR;
        Object status = dispatched ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
        ProblemDetails problem =
                DefaultProblems.of(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
        problem.send(response);
    }
}
