package dev.courant.urlpattern;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The components that a URL pattern inherits from its base URL (URL Pattern standard, section 3.2, type "pattern"). */
final class InheritedComponents {

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private InheritedComponents() {}

    /**
     * Returns the given components and the inherited ones. A pattern inherits each component that precedes its first
     * own component, except user name and password. A component that the result does not contain matches anything.
     */
    static Map<UrlComponent, String> complete(Map<UrlComponent, String> given, WebUrl base) {
        Map<UrlComponent, String> complete = new EnumMap<>(given);
        Set<UrlComponent> userinfo = EnumSet.of(UrlComponent.USERNAME, UrlComponent.PASSWORD);
        for (UrlComponent component : UrlComponent.values()) {
            if (userinfo.contains(component)) {
                continue;
            }
            if (given.containsKey(component)) {
                break;
            }
            complete.put(component, escape(component.valueIn(base)));
        }
        // A pattern with a protocol is not relative, and Mercure resolves only relative patterns against the hub's URL.
        boolean relative = given.containsKey(UrlComponent.PATHNAME) && !given.containsKey(UrlComponent.PROTOCOL);
        complete.computeIfPresent(UrlComponent.PATHNAME, (key, path) -> relative ? resolvePath(path, base) : path);
        complete.computeIfPresent(
                UrlComponent.SEARCH, (key, search) -> search.startsWith("?") ? search.substring(1) : search);
        complete.computeIfPresent(UrlComponent.HASH, (key, hash) -> hash.startsWith("#") ? hash.substring(1) : hash);
        complete.computeIfPresent(UrlComponent.PORT, (key, port) -> isDefaultPort(complete, port) ? "" : port);
        return complete;
    }

    private static String resolvePath(String path, WebUrl base) {
        boolean absolute = path.startsWith("/") || path.startsWith("\\/") || path.startsWith("{/");
        if (absolute || base.opaque()) {
            return path;
        }
        String directory = escape(base.path());
        return directory.substring(0, directory.lastIndexOf('/') + 1) + path;
    }

    private static boolean isDefaultPort(Map<UrlComponent, String> components, String port) {
        String scheme = components.getOrDefault(UrlComponent.PROTOCOL, "");
        return PORT.matcher(port).matches() && WebUrl.isDefaultPort(scheme, Integer.parseInt(port));
    }

    /** Escapes text so that it is literal in a pattern. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            escaped.append(PatternTokenizer.SYNTAX.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return escaped.toString();
    }
}
