package dev.courant.urlpattern;

import java.util.List;
import java.util.Map;

/**
 * The prefix {@code scheme://host:port/path} of a URL. A pattern whose prefix differs is excluded without being
 * matched.
 */
public final class UrlPrefix {

    private static final List<UrlComponent> ORDER =
            List.of(UrlComponent.PROTOCOL, UrlComponent.HOSTNAME, UrlComponent.PORT, UrlComponent.PATHNAME);

    private static final List<String> SEPARATORS = List.of("://", ":", "", "");

    private UrlPrefix() {}

    /** Returns the scheme, host, port and path of a URL. */
    public static String of(WebUrl url) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < ORDER.size(); i++) {
            form.append(ORDER.get(i).valueIn(url)).append(SEPARATORS.get(i));
        }
        return form.toString();
    }

    /** Returns the prefix that all URLs have in common which match these components. */
    static String of(Map<UrlComponent, ComponentPattern> components) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < ORDER.size(); i++) {
            ComponentPattern component = components.get(ORDER.get(i));
            if (component == null) {
                break;
            }
            prefix.append(component.prefix());
            if (!component.isLiteral()) {
                break;
            }
            prefix.append(SEPARATORS.get(i));
        }
        return prefix.toString();
    }
}
