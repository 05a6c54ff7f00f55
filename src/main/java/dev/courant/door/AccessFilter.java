package dev.courant.door;

import dev.courant.access.Access;
import dev.courant.access.Authenticator;
import dev.courant.access.Gate;
import jakarta.servlet.http.HttpServletRequest;

/** Finds out what a request may do, once for everything behind it. */
public final class AccessFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private static final String ATTRIBUTE = Access.class.getName();

    private final transient Authenticator authenticator;
    private final transient Gate gate;

    public AccessFilter(Authenticator authenticator, Gate gate) {
        this.authenticator = authenticator;
        this.gate = gate;
    }

    /** What the request may do. */
    public static Access of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Access access ? access : Access.ANONYMOUS;
    }

    @Override
    protected void look(HttpServletRequest request) {
        Access access = authenticator.of(request);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            gate.subscribe(access);
        }
        request.setAttribute(ATTRIBUTE, access);
    }
}
