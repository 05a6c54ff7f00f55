package dev.courant;

import dev.courant.stream.Admission;
import dev.courant.stream.StreamFilter;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.concurrent.Executor;

/** Puts the filter of the streams before their doors, behind the filters that web.xml names. */
public class Doors implements ServletContextListener {

    @Inject
    @Named("closing")
    private Executor closing;

    @Inject
    private Admission admission;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        new Classes(context).load();
        FilterRegistration.Dynamic streams = context.addFilter("stream", new StreamFilter(admission, closing));
        streams.setAsyncSupported(true);
        streams.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/sse/*");
    }
}
