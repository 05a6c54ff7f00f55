package dev.courant.app;

import dev.courant.auth.AccessFilter;
import dev.courant.feed.RandomNumberFeed;
import dev.courant.http.CorsFilter;
import dev.courant.http.DirectoryPaths;
import dev.courant.http.ErrorPageServlet;
import dev.courant.http.RequestFilter;
import dev.courant.http.ResponseHeader;
import dev.courant.http.ResponseHeaderFilter;
import dev.courant.hub.Hub;
import dev.courant.mercure.HubAddress;
import dev.courant.publish.EventStreamReceiver;
import dev.courant.publish.PendingPublishes;
import dev.courant.sse.PublishStreamFilter;
import dev.courant.sse.SinkFilter;
import dev.courant.stream.StreamQuota;
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
 * The listener that registers all filters of the application, in the order of {@link #addFilters}. Filters are
 * registered only for requests from clients. A request that the server dispatches to the error page has already passed
 * them.
 */
public class FilterSetup implements ServletContextListener {

    private static final String ALL = "/*";

    /** Includes {@code /sse} itself. */
    private static final String SSE = "/sse/*";

    /** The URLs of the hub and of active subscriptions. */
    private static final String BELOW_HUB = "/.well-known/mercure/*";

    /** The URL of the hub only. */
    private static final String HUB = "/.well-known/mercure";

    /** The hub with a trailing slash, which JAX-RS ignores. */
    private static final String HUB_SLASH = HUB + '/';

    private static final String METADATA = "/.well-known/oauth-protected-resource/*";

    @Inject
    private DeploymentInfo deployment;

    @Inject
    private Instance<AccessFilter> accessFilter;

    @Inject
    private Instance<CorsFilter> corsFilter;

    @Inject
    private Instance<HubAddress> hubAddress;

    @Inject
    private EventStreamReceiver eventStreams;

    @Inject
    private PendingPublishes pendingPublishes;

    @Inject
    private SinkFilter sinkFilter;

    @Inject
    private StreamQuota quota;

    @Inject
    private Hub hub;

    @Inject
    private RandomNumberFeed feed;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        deployment.init(context);
        new ClassPreloader(context).load();
        ServletRegistration.Dynamic directories = context.addServlet("directories", new ErrorPageServlet());
        directories.setAsyncSupported(true);
        directories.addMapping(DirectoryPaths.list(context));
        GrizzlyListenerFilter grizzly = new GrizzlyListenerFilter();
        addFilters(context, grizzly);
        deployment.reportDeployed(new UberJarShutdown(feed, grizzly, eventStreams, pendingPublishes, hub, quota));
    }

    private void addFilters(ServletContext context, GrizzlyListenerFilter grizzly) {
        // First, because it needs the request object of the server, which later filters wrap.
        add(context, "grizzly", grizzly, ALL);
        // Responds to preflights, which have no token. Pages of allowed origins can also read the refusals of later
        // filters.
        add(context, "cors", corsFilter.get(), SSE, BELOW_HUB, METADATA);
        // Checks what later filters read. A filter before it must not respond to a request with a body.
        add(context, "request", new RequestFilter(), ALL);
        // Refuses a request before the filters below count it as a publication or a stream.
        add(context, "access", accessFilter.get(), SSE, BELOW_HUB);
        // Problem documents of the filters above set their headers themselves.
        ResponseHeader hubLink = hubAddress.get().linkHeader("");
        add(context, "response-header", new ResponseHeaderFilter(hubLink), ALL);
        // Counts the publications of clients that may publish.
        add(context, "pending-publishes", pendingPublishes, SSE, HUB, HUB_SLASH);
        // Counted by the filter above. JAX-RS handles other requests.
        add(context, "publish-stream", new PublishStreamFilter(eventStreams), SSE);
        // Last, because it wraps the request and the response of the server. Only GET /sse takes a sink.
        add(context, "sink", sinkFilter, "/sse", "/sse/");
    }

    private static void add(ServletContext context, String name, Filter filter, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, patterns);
    }
}
