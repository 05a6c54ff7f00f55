package dev.courant.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The context path of the application, and the state of its deployment, which it reports to the launcher. */
@ApplicationScoped
public class DeploymentInfo {

    /** The system property with the path of the deployed application, for the launcher of the uber-jar. */
    private static final String DEPLOYED_AT = "dev.courant.deployed-at";

    private static final String SHUTDOWN_SIGNALS = "dev.courant.launch.ShutdownSignals";

    private static final Logger LOG = System.getLogger(DeploymentInfo.class.getName());

    private String contextPath = "";

    /**
     * Stores the context path. Call this before any other bean needs it: some servers cannot inject a {@code
     * ServletContext} during deployment.
     */
    void init(ServletContext context) {
        contextPath = context.getContextPath();
    }

    /**
     * Reports that the application is deployed. Call this after everything that may fail the deployment.
     *
     * @param beforeStop runs before a signal stops the server of the uber-jar; it returns within a few seconds
     */
    void reportDeployed(Runnable beforeStop) {
        System.setProperty(DEPLOYED_AT, contextPath + '/');
        registerBeforeStop(beforeStop);
    }

    @PreDestroy
    void reportUndeployed() {
        System.clearProperty(DEPLOYED_AT);
        registerBeforeStop(null);
    }

    private static void registerBeforeStop(@Nullable Runnable beforeStop) {
        try {
            Class.forName(SHUTDOWN_SIGNALS, true, ClassLoader.getSystemClassLoader())
                    .getMethod("setBeforeExit", Runnable.class)
                    .invoke(null, beforeStop);
        } catch (ReflectiveOperationException noLauncher) {
            LOG.log(
                    Level.DEBUG,
                    "The launcher of the uber-jar is absent, so the application runs in another server",
                    noLauncher);
        }
    }

    /** Returns the context path: empty, or a path that begins with a slash. */
    String contextPath() {
        return contextPath;
    }
}
