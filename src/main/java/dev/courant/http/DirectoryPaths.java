package dev.courant.http;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists the paths of directories without a slash at the end. A server redirects them to the path with a slash before it
 * calls a filter, and takes the host of the redirect from the request.
 */
public final class DirectoryPaths {

    private DirectoryPaths() {}

    /** Returns the paths of all directories of the application and its WebJars, without the last slash. */
    public static String[] list(ServletContext context) {
        return findBelow(context, "/").toArray(String[]::new);
    }

    private static Stream<String> findBelow(ServletContext context, String directory) {
        Set<String> paths = context.getResourcePaths(directory);
        if (paths == null) {
            return Stream.empty();
        }
        return paths.stream()
                .filter(path -> path.endsWith("/") && path.length() > directory.length())
                .flatMap(path ->
                        Stream.concat(Stream.of(path.substring(0, path.length() - 1)), findBelow(context, path)));
    }
}
