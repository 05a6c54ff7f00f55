package dev.courant.match;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic, parsed as a URL.
 *
 * @param url {@code null} if the topic is no URL
 * @param form what {@link TopicUrls} compares prefixes with; {@code null} likewise
 */
record TopicUrl(
        String topic, @Nullable WebUrl url, @Nullable String form) {

    /** The components that a form consists of, each followed by its separator. */
    private static final List<UrlComponent> ORDER =
            List.of(UrlComponent.PROTOCOL, UrlComponent.HOSTNAME, UrlComponent.PORT, UrlComponent.PATHNAME);

    private static final List<String> SEPARATORS = List.of("://", ":", "", "");

    static TopicUrl of(String topic, @Nullable WebUrl url) {
        return new TopicUrl(topic, url, url == null ? null : form(url));
    }

    private static String form(WebUrl url) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < ORDER.size(); i++) {
            form.append(ORDER.get(i).of(url)).append(SEPARATORS.get(i));
        }
        return form.toString();
    }

    /** Returns the text with which the form of every URL begins that matches these components. */
    static String prefix(Map<UrlComponent, ComponentPattern> components) {
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
