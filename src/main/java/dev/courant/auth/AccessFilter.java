package dev.courant.auth;

import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;

/** Authenticates the request, and passes on what it may do. */
public final class AccessFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient RequestAuthenticator authenticator;
    private final transient AccessPolicy gate;

    public AccessFilter(RequestAuthenticator authenticator, AccessPolicy gate) {
        this.authenticator = authenticator;
        this.gate = gate;
    }

    /** Returns what the request may do. */
    public static AccessRights of(HttpServletRequest request) {
        AccessRights access = RequestContext.find(request, AccessRights.class);
        return access == null ? AccessRights.ANONYMOUS : access;
    }

    @Override
    protected void check(HttpServletRequest request) {
        AccessRights access = authenticator.of(request);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            gate.subscribe(access);
        }
        RequestContext.put(request, AccessRights.class, access);
    }
}
