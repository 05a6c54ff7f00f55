package dev.courant;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;

/** Where the server has put the application. */
@ApplicationScoped
public class Deployment {

    /** The system property by which the launcher of the uber-jar learns that the application is deployed, and where. */
    private static final String PROPERTY = "dev.courant.deployed-at";

    private String contextPath = "";

    /** Called as the application starts, before anybody asks: some servers inject no {@code ServletContext} so early. */
    void at(ServletContext context) {
        contextPath = context.getContextPath();
    }

    /** Called once everything that may refuse the deployment has been done. */
    void succeeded() {
        System.setProperty(PROPERTY, contextPath + '/');
    }

    @PreDestroy
    void end() {
        System.clearProperty(PROPERTY);
    }

    /** Empty, or beginning with a slash. */
    String contextPath() {
        return contextPath;
    }
}
