package dev.courant.topic;

import dev.courant.urlpattern.UrlPattern;
import dev.courant.urlpattern.WebUrl;

/**
 * A bounded LRU cache of compiled patterns. Tokens and subscriptions with the same pattern share one selector and its cached
 * matches. A selector remains usable after its eviction. Thread-safe.
 */
public final class PatternCache {

    /** The maximum number of patterns of each kind. */
    private static final int MAX_PATTERNS = 2_048;

    /** The maximum total size of the patterns of each kind, in instructions. A typical pattern has a few dozen. */
    private static final long MAX_INSTRUCTIONS = 200_000;

    private final LruCache<UrlPatternSelector> urlPatterns;
    private final LruCache<UriTemplate> uriTemplates;

    /** @param hub the URL of the hub, against which relative patterns and topics are resolved */
    public PatternCache(WebUrl hub) {
        TopicUrlCache urls = new TopicUrlCache(hub);
        urlPatterns = new LruCache<>(
                pattern -> UrlPatternSelector.of(pattern, urls),
                UrlPatternSelector::size,
                MAX_PATTERNS,
                MAX_INSTRUCTIONS);
        uriTemplates = new LruCache<>(UriTemplate::of, UriTemplate::size, MAX_PATTERNS, MAX_INSTRUCTIONS);
    }

    /** @throws IllegalArgumentException see {@link UrlPattern#of} */
    public UrlPatternSelector urlPattern(String pattern) {
        return urlPatterns.get(pattern);
    }

    /** @throws IllegalArgumentException see {@link UriTemplate#of} */
    public UriTemplate uriTemplate(String template) {
        return uriTemplates.get(template);
    }
}
