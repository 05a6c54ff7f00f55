package dev.courant;

import dev.courant.access.Authenticator;
import dev.courant.access.Cors;
import dev.courant.access.Gate;
import dev.courant.door.AccessFilter;
import dev.courant.door.HeaderFilter;
import dev.courant.door.LastAnswers;
import dev.courant.door.PathFilter;
import dev.courant.door.QueryFilter;
import dev.courant.door.QueryIsNoForm;
import dev.courant.feed.RandomNumbers;
import dev.courant.hub.Hub;
import dev.courant.mercure.Dialect;
import dev.courant.mercure.DiscoveryFilter;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MatchFilter;
import dev.courant.mercure.PatternFilter;
import dev.courant.page.Directories;
import dev.courant.problem.ErrorPage;
import dev.courant.stream.Admission;
import dev.courant.stream.GrizzlyListenerFilter;
import dev.courant.stream.PatternQuota;
import dev.courant.stream.StreamFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.concurrent.Executor;

/** Puts the filters before the doors, in their order, behind those that web.xml names. */
public class Doors implements ServletContextListener {

    private static final String SSE = "/sse/*";
    /** The hub alone. What a pattern with a star matches begins with the path before it, and is that path too. */
    private static final String HUB = "/.well-known/mercure";

    /** JAX-RS takes a slash at the end for none, and so do the filters without which there is no stream. */
    private static final String HUB_SLASH = HUB + '/';

    /** All that JAX-RS is asked there: a path with dots in it may end above the hub. */
    private static final String WELL_KNOWN = "/.well-known/*";

    private static final String BELOW_HUB = "/.well-known/mercure/*";
    private static final String OPS = "/ops/*";
    private static final String METADATA = "/.well-known/oauth-protected-resource/*";

    @Inject
    private Deployment deployment;

    @Inject
    @Named("closing")
    private Executor closing;

    @Inject
    @Named("waiting")
    private Executor waiting;

    @Inject
    private Admission admission;

    @Inject
    private PatternQuota patterns;

    @Inject
    private LastAnswers lastAnswers;

    @Inject
    private Instance<Authenticator> authenticator;

    @Inject
    private Instance<Gate> gate;

    @Inject
    private Instance<Cors> cors;

    @Inject
    private Instance<Dialect> dialect;

    @Inject
    private Instance<HubAddress> hubAddress;

    @Inject
    private Hub hub;

    @Inject
    private RandomNumbers numbers;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        deployment.at(context);
        new Classes(context).load();
        ServletRegistration.Dynamic nothing = context.addServlet("nothing", new ErrorPage());
        nothing.setAsyncSupported(true);
        nothing.addMapping(Directories.of(context));
        GrizzlyListenerFilter grizzly = new GrizzlyListenerFilter();
        add(context, "grizzly", grizzly, "/*"); // before any that wraps the request
        add(context, "discovery", new DiscoveryFilter(hubAddress.get()), "/*");
        add(context, "cors", cors.get(), SSE, BELOW_HUB, METADATA);
        add(context, "header", new HeaderFilter(), "/*");
        add(context, "path", new PathFilter(), "/*");
        add(context, "query", new QueryFilter(), SSE, WELL_KNOWN, OPS);
        add(context, "form", new QueryIsNoForm(), SSE, WELL_KNOWN, OPS);
        add(context, "access", new AccessFilter(authenticator.get(), gate.get()), SSE, BELOW_HUB);
        add(context, "answers", lastAnswers, SSE, HUB, HUB_SLASH);
        add(context, "match", new MatchFilter(dialect.get()), HUB, HUB_SLASH);
        add(context, "stream", new StreamFilter(admission, closing, waiting), SSE, HUB, HUB_SLASH);
        add(context, "patterns", new PatternFilter(patterns), HUB, HUB_SLASH);
        deployment.succeeded(new GracefulStop(numbers, grizzly, lastAnswers, hub, admission));
    }

    private static void add(ServletContext context, String name, Filter filter, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, patterns);
    }
}
