package dev.courant.topic;

import dev.courant.event.TopicForm;
import dev.courant.event.TopicSelector;
import dev.courant.urlpattern.UrlPattern;
import dev.courant.urlpattern.WebUrl;

/**
 * The selector for the topics that match a URL pattern. Relative patterns and topics are resolved against the hub's URL
 * (Mercure, "URL Pattern"). A topic that is not a URL never matches. Equal to every selector of the same pattern for the same
 * hub. Thread-safe.
 */
public final class UrlPatternSelector implements TopicSelector {

    private final UrlPattern pattern;
    private final TopicUrlCache urls;
    private final TopicCache<Boolean> matches = TopicCache.ofMatches(this::matchesUncached);

    private UrlPatternSelector(UrlPattern pattern, TopicUrlCache urls) {
        this.pattern = pattern;
        this.urls = urls;
    }

    /** Compiles a pattern with a {@link TopicUrlCache} of its own. */
    public static UrlPatternSelector of(String pattern, WebUrl hub) {
        return of(pattern, new TopicUrlCache(hub));
    }

    /**
     * Compiles a pattern.
     *
     * @param urls parses the topics; patterns that share the cache parse each topic once
     * @throws IllegalArgumentException see {@link UrlPattern#of}
     */
    static UrlPatternSelector of(String pattern, TopicUrlCache urls) {
        return new UrlPatternSelector(UrlPattern.of(pattern, urls.hub()), urls);
    }

    @Override
    public boolean matches(String topic) {
        String form = urls.convert(topic);
        return form != null && form.startsWith(pattern.prefix()) && matches.get(topic);
    }

    /** Matches a topic without the cached results of earlier matches. */
    boolean matchesUncached(String topic) {
        WebUrl url = urls.parse(topic);
        return url != null && pattern.matches(url);
    }

    @Override
    public TopicForm form() {
        return urls;
    }

    @Override
    public String prefix() {
        return pattern.prefix();
    }

    @Override
    public int weight() {
        return pattern.weight();
    }

    /** See {@link UrlPattern#size}. */
    int size() {
        return pattern.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UrlPatternSelector that && pattern.equals(that.pattern) && urls.equals(that.urls);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.toString();
    }
}
