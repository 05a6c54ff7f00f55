package dev.courant.app;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessPolicy;
import dev.courant.auth.RequestAuthenticator;
import dev.courant.feed.RandomNumberFeed;
import dev.courant.http.CorsFilter;
import dev.courant.http.DirectoryPaths;
import dev.courant.http.ErrorPageServlet;
import dev.courant.http.HeaderFilter;
import dev.courant.http.PageHeaderFilter;
import dev.courant.http.PathFilter;
import dev.courant.http.QueryFilter;
import dev.courant.http.StreamAdmission;
import dev.courant.hub.Hub;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.SubscribeQueryFilter;
import dev.courant.publish.PendingPublishes;
import dev.courant.stream.StreamFilter;
import dev.courant.stream.server.GrizzlyListenerFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;

/**
 * Registers all filters of the application. Requests pass them in the order of {@link #addFilters}. They are registered for
 * requests from clients alone: a request that the server dispatches to the error page has passed them already.
 */
public class FilterSetup implements ServletContextListener {

    private static final String ALL = "/*";

    /** A pattern with a star matches the path before the star, too. */
    private static final String SSE = "/sse/*";

    /** The hub and its active subscriptions. */
    private static final String BELOW_HUB = "/.well-known/mercure/*";

    /** The hub alone. */
    private static final String HUB = "/.well-known/mercure";

    /** The hub, too: JAX-RS ignores a slash at the end. */
    private static final String HUB_SLASH = HUB + '/';

    private static final String METADATA = "/.well-known/oauth-protected-resource/*";

    /** All paths that the JAX-RS application of Mercure serves: a path with dots in it may end above the hub. */
    private static final String WELL_KNOWN = "/.well-known/*";

    private static final String OPS = "/ops/*";

    @Inject
    private DeploymentInfo deployment;

    @Inject
    private Instance<RequestAuthenticator> authenticator;

    @Inject
    private Instance<AccessPolicy> gate;

    @Inject
    private Instance<CorsFilter> cors;

    @Inject
    private Instance<MercureProtocol> dialect;

    @Inject
    private Instance<HubAddress> hubAddress;

    @Inject
    private PendingPublishes lastAnswers;

    @Inject
    private StreamFilter streamFilter;

    @Inject
    private StreamAdmission admission;

    @Inject
    private Hub hub;

    @Inject
    private RandomNumberFeed numbers;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        deployment.at(context);
        new ClassPreloader(context).load();
        ServletRegistration.Dynamic directories = context.addServlet("directories", new ErrorPageServlet());
        directories.setAsyncSupported(true);
        directories.addMapping(DirectoryPaths.list(context));
        GrizzlyListenerFilter grizzly = new GrizzlyListenerFilter();
        addFilters(context, grizzly);
        deployment.succeeded(new UberJarShutdown(numbers, grizzly, lastAnswers, hub, admission));
    }

    private void addFilters(ServletContext context, GrizzlyListenerFilter grizzly) {
        // Needs the server's own request, which later filters wrap.
        add(context, "grizzly", grizzly, ALL);
        // Sets headers that responses to refused requests have, too.
        add(context, "page", new PageHeaderFilter(hubAddress.get().link("")), ALL);
        // Answers preflights, which have no token. A page of another origin can read why a later filter refuses its
        // request.
        add(context, "cors", cors.get(), SSE, BELOW_HUB, METADATA);
        // Checks the request line and headers before later filters read them.
        add(context, "header", new HeaderFilter(), ALL);
        add(context, "path", new PathFilter(), ALL);
        // Checks the query before later filters read tokens and matchers from it.
        add(context, "query", new QueryFilter(), SSE, WELL_KNOWN, OPS);
        // Refuses a request before it takes a place among the publications or the streams.
        add(context, "access", new AccessFilter(authenticator.get(), gate.get()), SSE, BELOW_HUB);
        // Counts the publications of clients that may publish.
        add(context, "answers", lastAnswers, SSE, HUB, HUB_SLASH);
        // Reads the matchers, whose patterns the stream filter counts. A malformed query takes no place among the
        // streams.
        add(context, "match", new SubscribeQueryFilter(dialect.get()), HUB, HUB_SLASH);
        // Last, since it replaces the response by the one of a stream.
        add(context, "stream", streamFilter, SSE, HUB, HUB_SLASH);
    }

    private static void add(ServletContext context, String name, Filter filter, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, patterns);
    }
}
