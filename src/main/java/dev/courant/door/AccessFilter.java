package dev.courant.door;

import dev.courant.access.Access;
import dev.courant.access.Authenticator;
import dev.courant.access.Gate;
import dev.courant.problem.RequestContext;
import jakarta.servlet.http.HttpServletRequest;

/** Authenticates the request, and passes on what it may do. */
public final class AccessFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient Authenticator authenticator;
    private final transient Gate gate;

    public AccessFilter(Authenticator authenticator, Gate gate) {
        this.authenticator = authenticator;
        this.gate = gate;
    }

    /** Returns what the request may do. */
    public static Access of(HttpServletRequest request) {
        Access access = RequestContext.find(request, Access.class);
        return access == null ? Access.ANONYMOUS : access;
    }

    @Override
    protected void check(HttpServletRequest request) {
        Access access = authenticator.of(request);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            gate.subscribe(access);
        }
        RequestContext.put(request, Access.class, access);
    }
}
