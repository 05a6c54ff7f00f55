package dev.courant.urlpattern;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a URL pattern takes over from its base (URL Pattern standard, section 3.2, with the type "pattern"). */
final class InheritedComponents {

    private static final String SYNTAX = "+*?:{}()\\";

    private InheritedComponents() {}

    /**
     * Each component is inherited only if neither it nor one before it is given; user name and password never are. A
     * component that is missing in the result matches anything.
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
            complete.put(component, escaped(component.of(base)));
        }
        // With a protocol it is no relative pattern, and only those have the hub's URL as their base (Mercure).
        boolean relative = given.containsKey(UrlComponent.PATHNAME) && !given.containsKey(UrlComponent.PROTOCOL);
        complete.computeIfPresent(UrlComponent.PATHNAME, (key, path) -> relative ? absolute(path, base) : path);
        complete.computeIfPresent(
                UrlComponent.SEARCH, (key, search) -> search.startsWith("?") ? search.substring(1) : search);
        complete.computeIfPresent(UrlComponent.HASH, (key, hash) -> hash.startsWith("#") ? hash.substring(1) : hash);
        complete.computeIfPresent(UrlComponent.PORT, (key, port) -> isOwnPort(complete, port) ? "" : port);
        return complete;
    }

    private static String absolute(String path, WebUrl base) {
        boolean absolute = path.startsWith("/") || path.startsWith("\\/") || path.startsWith("{/");
        if (absolute || base.opaque()) {
            return path;
        }
        String directory = escaped(base.path());
        return directory.substring(0, directory.lastIndexOf('/') + 1) + path;
    }

    private static boolean isOwnPort(Map<UrlComponent, String> components, String port) {
        String scheme = components.getOrDefault(UrlComponent.PROTOCOL, "");
        return port.matches("[0-9]{1,5}") && WebUrl.isOwnPort(scheme, Integer.parseInt(port));
    }

    /** Text that stands for itself in a pattern. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            escaped.append(SYNTAX.indexOf(one) >= 0 ? "\\" : "").append(one);
        }
        return escaped.toString();
    }
}
