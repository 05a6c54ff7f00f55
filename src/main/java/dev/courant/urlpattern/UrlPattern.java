package dev.courant.urlpattern;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A compiled URL pattern (<a href="https://urlpattern.spec.whatwg.org">URL Pattern standard</a>). It matches in time linear
 * in the length of the URL. Immutable; equal to every pattern of the same text and base.
 */
public final class UrlPattern {

    private final String pattern;
    private final WebUrl base;
    private final Map<UrlComponent, ComponentPattern> components = new EnumMap<>(UrlComponent.class);
    private final RegexpBudget budget = new RegexpBudget();
    private final String prefix;

    private UrlPattern(String pattern, WebUrl base) {
        this.pattern = pattern;
        this.base = base;
        Map<UrlComponent, String> parts = InheritedComponents.complete(parseConstructorString(pattern), base);
        for (UrlComponent component : UrlComponent.values()) {
            components.put(component, compile(component, parts.getOrDefault(component, "*")));
        }
        prefix = UrlPrefix.of(components);
    }

    /**
     * Compiles a pattern.
     *
     * @param base the URL that a relative pattern is resolved against
     * @throws IllegalArgumentException if the pattern is malformed, cannot be matched in linear time, or is too large; the
     *     message names the component and the reason
     */
    public static UrlPattern of(String pattern, WebUrl base) {
        return new UrlPattern(pattern, base);
    }

    private static Map<UrlComponent, String> parseConstructorString(String pattern) {
        try {
            return ConstructorStringParser.parse(pattern);
        } catch (IllegalArgumentException malformed) {
            throw error(UrlComponent.PROTOCOL, malformed);
        }
    }

    private ComponentPattern compile(UrlComponent component, String part) {
        ComponentPattern protocol = components.get(UrlComponent.PROTOCOL);
        boolean special = protocol != null && protocol.matchesSpecialScheme();
        boolean opaque = component == UrlComponent.PATHNAME && !special;
        boolean ipv6 = part.startsWith("[") || part.startsWith("{[") || part.startsWith("\\[");
        String prefixes = component == UrlComponent.PATHNAME && special ? "/" : "";
        try {
            return ComponentPattern.compile(
                    part,
                    opaque ? "" : component.delimiter,
                    prefixes,
                    ComponentCanonicalizer.canonicalizerFor(component, special, ipv6 && part.length() > 1),
                    budget);
        } catch (IllegalArgumentException malformed) {
            throw error(component, malformed);
        }
    }

    private static IllegalArgumentException error(UrlComponent component, IllegalArgumentException cause) {
        String name = component.name().toLowerCase(Locale.ROOT);
        return new IllegalArgumentException("in the " + name + " of the URL pattern, " + cause.getMessage(), cause);
    }

    /** Returns true if every component of the URL matches. */
    public boolean matches(WebUrl url) {
        for (Map.Entry<UrlComponent, ComponentPattern> entry : components.entrySet()) {
            if (!entry.getValue().matches(entry.getKey().valueIn(url))) {
                return false;
            }
        }
        return true;
    }

    /** Returns a common prefix of {@link UrlPrefix#of(WebUrl)} for all URLs that match. */
    public String prefix() {
        return prefix;
    }

    /** Returns the number of ordinary patterns that cost as much as this one, 1 or more. */
    public int weight() {
        return budget.weight();
    }

    /** Returns the approximate number of RE2 instructions that this pattern keeps in memory. */
    public int size() {
        return budget.spent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UrlPattern that && pattern.equals(that.pattern) && base.equals(that.base);
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
