package dev.courant.app;

import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * Loads all classes of the application as it starts. When it ends, some servers load none any more, and to end streams
 * as they should end takes some that may not have been needed before.
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
            // It builds on something that this server does not have, and is not used here.
        }
    }
}
