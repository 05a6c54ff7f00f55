package dev.courant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;

/** Where the server has put the application. */
@ApplicationScoped
public class Deployment {

    private String contextPath = "";

    /** Called as the application starts, before anybody asks: some servers inject no {@code ServletContext} so early. */
    void at(ServletContext context) {
        contextPath = context.getContextPath();
    }

    /** Empty, or beginning with a slash. */
    String contextPath() {
        return contextPath;
    }
}
