package dev.courant.topic;

import dev.courant.urlpattern.UrlPattern;
import dev.courant.urlpattern.WebUrl;

/**
 * The patterns that were asked for last, compiled: the same words in many tokens and subscriptions are one selector, with
 * one memory of topics. Bounded; for use by any thread. A pattern that is let go still works for whoever has it.
 */
public final class PatternCache {

    private static final int MOST = 2_048;

    /** In instructions, of which most patterns have some dozens. */
    private static final long LARGEST = 200_000;

    private final RecentlyUsed<UrlPatternSelector> urlPatterns;
    private final RecentlyUsed<UriTemplate> uriTemplates;

    /** @param hub the URL of the hub, which patterns and topics are relative to */
    public PatternCache(WebUrl hub) {
        TopicUrlCache urls = new TopicUrlCache(hub);
        urlPatterns = new RecentlyUsed<>(
                pattern -> UrlPatternSelector.of(pattern, urls), UrlPatternSelector::size, MOST, LARGEST);
        uriTemplates = new RecentlyUsed<>(UriTemplate::of, UriTemplate::size, MOST, LARGEST);
    }

    /** @throws IllegalArgumentException as {@link UrlPattern#of} does */
    public UrlPatternSelector urlPattern(String pattern) {
        return urlPatterns.get(pattern);
    }

    /** @throws IllegalArgumentException as {@link UriTemplate#of} does */
    public UriTemplate uriTemplate(String template) {
        return uriTemplates.get(template);
    }
}
