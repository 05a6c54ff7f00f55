package dev.courant.app;

import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * A loader of all application classes, used at deployment. To end its streams at undeployment, the application may need
 * classes that it has not used before, and some servers load none at that time.
 */
final class ClassPreloader {

    private static final String ROOT = "/WEB-INF/classes/";
    private static final String SUFFIX = ".class";

    private final ServletContext context;

    ClassPreloader(ServletContext context) {
        this.context = context;
    }

    void load() {
        loadBelow(ROOT);
    }

    private void loadBelow(String directory) {
        Set<String> paths = context.getResourcePaths(directory);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/")) {
                loadBelow(path);
            } else if (path.endsWith(SUFFIX)) {
                load(path.substring(ROOT.length(), path.length() - SUFFIX.length())
                        .replace('/', '.'));
            }
        }
    }

    private void load(String name) {
        try {
            Class.forName(name, false, context.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            // The class needs a library that this server does not have, so it is not used here.
        }
    }
}
