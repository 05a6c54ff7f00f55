package dev.courant.match;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The patterns that were asked for last, compiled: the same words in many tokens and subscriptions are one selector, with
 * one memory of topics. Bounded; for use by any thread. A pattern that is let go still works for whoever has it.
 */
public final class Patterns {

    private static final int MOST = 2_048;

    private final WebUrl hub;
    private final Recent<UrlPattern> urlPatterns = new Recent<>();
    private final Recent<UriTemplate> uriTemplates = new Recent<>();

    /** @param hub the URL of the hub, which patterns and topics are relative to */
    public Patterns(WebUrl hub) {
        this.hub = hub;
    }

    /** @throws IllegalArgumentException as {@link UrlPattern#of} does */
    public UrlPattern urlPattern(String pattern) {
        return urlPatterns.get(pattern, () -> UrlPattern.of(pattern, hub));
    }

    /** @throws IllegalArgumentException as {@link UriTemplate#of} does */
    public UriTemplate uriTemplate(String template) {
        return uriTemplates.get(template, () -> UriTemplate.of(template));
    }

    /** Forgets what was asked for longest ago. Compiles outside its lock: two may compile the same, and share the first. */
    private static final class Recent<T> {

        private final Map<String, T> compiled = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST;
            }
        };

        T get(String words, Supplier<T> compiler) {
            synchronized (compiled) {
                T known = compiled.get(words);
                if (known != null) {
                    return known;
                }
            }
            T fresh = compiler.get();
            synchronized (compiled) {
                return Objects.requireNonNullElse(compiled.putIfAbsent(words, fresh), fresh);
            }
        }
    }
}
