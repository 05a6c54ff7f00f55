package dev.courant.match;

/**
 * The patterns that were asked for last, compiled: the same words in many tokens and subscriptions are one selector, with
 * one memory of topics. Bounded; for use by any thread. A pattern that is let go still works for whoever has it.
 */
public final class Patterns {

    private static final int MOST = 2_048;

    /** In instructions, of which most patterns have some dozens. */
    private static final long LARGEST = 200_000;

    private final Recent<UrlPatternSelector> urlPatterns;
    private final Recent<UriTemplate> uriTemplates;

    /** @param hub the URL of the hub, which patterns and topics are relative to */
    public Patterns(WebUrl hub) {
        TopicUrls urls = new TopicUrls(hub);
        urlPatterns =
                new Recent<>(pattern -> UrlPatternSelector.of(pattern, urls), UrlPatternSelector::size, MOST, LARGEST);
        uriTemplates = new Recent<>(UriTemplate::of, UriTemplate::size, MOST, LARGEST);
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
