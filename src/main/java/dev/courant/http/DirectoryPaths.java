package dev.courant.http;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The addresses of directories without a slash at the end. Servers redirect them to the same address with a slash, and
 * take the host of that redirect from the request, before any filter is asked.
 */
public final class DirectoryPaths {

    private DirectoryPaths() {}

    /** Returns the paths of all directories of the application, those of its WebJars included, without the last slash. */
    public static String[] of(ServletContext context) {
        return below(context, "/").toArray(String[]::new);
    }

    private static Stream<String> below(ServletContext context, String directory) {
        Set<String> paths = context.getResourcePaths(directory);
        if (paths == null) {
            return Stream.empty();
        }
        return paths.stream()
                .filter(path -> path.endsWith("/") && path.length() > directory.length())
                .flatMap(path -> Stream.concat(Stream.of(path.substring(0, path.length() - 1)), below(context, path)));
    }
}
