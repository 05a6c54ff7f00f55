package dev.courant.auth;

import dev.courant.http.ProblemFilter;
import dev.courant.http.RequestContext;
import jakarta.servlet.http.HttpServletRequest;

/** The filter that authenticates a request and stores its access rights for later filters and resources. */
public final class AccessFilter extends ProblemFilter {

    private static final long serialVersionUID = 1;

    private final transient RequestAuthenticator authenticator;
    private final transient AccessPolicy policy;

    public AccessFilter(RequestAuthenticator authenticator, AccessPolicy policy) {
        this.authenticator = authenticator;
        this.policy = policy;
    }

    /** Returns the access rights of the request, which are anonymous if this filter did not apply. */
    public static AccessRights getRights(HttpServletRequest request) {
        AccessRights rights = RequestContext.find(request, AccessRights.class);
        return rights == null ? AccessRights.ANONYMOUS : rights;
    }

    @Override
    protected void check(HttpServletRequest request) {
        AccessRights rights = authenticator.authenticate(request);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            policy.checkSubscribe(rights);
        }
        RequestContext.put(request, AccessRights.class, rights);
    }
}
