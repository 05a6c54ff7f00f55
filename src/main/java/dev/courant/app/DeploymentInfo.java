package dev.courant.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Where the server has put the application. */
@ApplicationScoped
public class DeploymentInfo {

    /** The system property by which the launcher of the uber-jar learns that the application is deployed, and where. */
    private static final String PROPERTY = "dev.courant.deployed-at";

    private static final String LAUNCHER = "dev.courant.launch.ShutdownSignals";

    private static final Logger LOG = System.getLogger(DeploymentInfo.class.getName());

    private String contextPath = "";

    /** Called as the application starts, before anybody asks: some servers inject no {@code ServletContext} so early. */
    void at(ServletContext context) {
        contextPath = context.getContextPath();
    }

    /**
     * Called once everything that may refuse the deployment has been done.
     *
     * @param beforeStop what the launcher of the uber-jar calls before a signal stops the server; it returns soon
     */
    void succeeded(Runnable beforeStop) {
        System.setProperty(PROPERTY, contextPath + '/');
        tellLauncher(beforeStop);
    }

    @PreDestroy
    void end() {
        System.clearProperty(PROPERTY);
        tellLauncher(null);
    }

    private static void tellLauncher(@Nullable Runnable beforeStop) {
        try {
            Class.forName(LAUNCHER, true, ClassLoader.getSystemClassLoader())
                    .getMethod("before", Runnable.class)
                    .invoke(null, beforeStop);
        } catch (ReflectiveOperationException otherServer) {
            LOG.log(Level.DEBUG, "There is no launcher of the uber-jar", otherServer);
        }
    }

    /** Empty, or beginning with a slash. */
    String contextPath() {
        return contextPath;
    }
}
