package dev.courant.match;

import dev.courant.event.TopicForm;
import dev.courant.event.TopicSelector;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Chooses topics by a URL pattern (<a href="https://urlpattern.spec.whatwg.org">URL Pattern standard</a>). Relative
 * patterns and topics have the hub's URL as their base (Mercure, section on URL patterns); a topic that is no URL is not
 * chosen. Immutable but for what it remembers; equal to every pattern of the same words for the same hub.
 */
public final class UrlPattern implements TopicSelector {

    private final String pattern;
    private final TopicUrls urls;
    private final Map<UrlComponent, ComponentPattern> components = new EnumMap<>(UrlComponent.class);
    private final TopicMemo memo = new TopicMemo();
    private final Budget budget = new Budget();
    private String prefix = "";

    private UrlPattern(String pattern, TopicUrls urls) {
        this.pattern = pattern;
        this.urls = urls;
    }

    /** As {@link #of(String, TopicUrls)}, for a pattern whose topics no other pattern is compared with. */
    public static UrlPattern of(String pattern, WebUrl hub) {
        return of(pattern, new TopicUrls(hub));
    }

    /**
     * Compiles a pattern.
     *
     * @param urls parses the topics, once for all patterns that share it
     * @throws IllegalArgumentException if it is malformed, saying in which part and why; or if it needs what cannot be
     *     matched in linear time, or too much of it
     */
    static UrlPattern of(String pattern, TopicUrls urls) {
        UrlPattern compiled = new UrlPattern(pattern, urls);
        Map<UrlComponent, String> parts = Inherited.complete(constructorString(pattern), urls.hub());
        for (UrlComponent component : UrlComponent.values()) {
            compiled.components.put(component, compiled.compile(component, parts.getOrDefault(component, "*")));
        }
        compiled.prefix = TopicUrl.prefix(compiled.components);
        return compiled;
    }

    private static Map<UrlComponent, String> constructorString(String pattern) {
        try {
            return ConstructorString.parse(pattern);
        } catch (IllegalArgumentException malformed) {
            throw refusal(UrlComponent.PROTOCOL, malformed);
        }
    }

    private ComponentPattern compile(UrlComponent component, String part) {
        ComponentPattern protocol = components.get(UrlComponent.PROTOCOL);
        boolean special = protocol != null && protocol.matchesSpecialScheme();
        boolean opaque = component == UrlComponent.PATHNAME && !special;
        boolean address = part.startsWith("[") || part.startsWith("{[") || part.startsWith("\\[");
        String prefixes = component == UrlComponent.PATHNAME && special ? "/" : "";
        try {
            return ComponentPattern.compile(
                    part,
                    opaque ? "" : component.delimiter,
                    prefixes,
                    Canonical.form(component, special, address && part.length() > 1),
                    budget);
        } catch (IllegalArgumentException malformed) {
            throw refusal(component, malformed);
        }
    }

    private static IllegalArgumentException refusal(UrlComponent component, IllegalArgumentException why) {
        String name = component.name().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException("in the " + name + " of the URL pattern, " + why.getMessage(), why);
    }

    @Override
    public boolean matches(String topic) {
        String form = urls.of(topic);
        return form != null && form.startsWith(prefix) && memo.verdict(topic, this::judge);
    }

    /** As {@link #matches}, but without remembering. */
    boolean judge(String topic) {
        WebUrl url = urls.parse(topic).url();
        if (url == null) {
            return false;
        }
        for (Map.Entry<UrlComponent, ComponentPattern> each : components.entrySet()) {
            if (!each.getValue().matches(each.getKey().of(url))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TopicForm form() {
        return urls;
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public int weight() {
        return budget.weight();
    }

    /** About how many instructions it keeps in memory. */
    int size() {
        return budget.spent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UrlPattern that && pattern.equals(that.pattern) && urls.equals(that.urls);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
