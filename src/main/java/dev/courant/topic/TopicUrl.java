package dev.courant.topic;

import dev.courant.urlpattern.UrlPrefix;
import dev.courant.urlpattern.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * A topic, parsed as a URL. Immutable.
 *
 * @param url {@code null} if the topic is not a URL
 * @param form the scheme, host, port and path, with which prefixes of patterns are compared; {@code null} if the topic
 *     is not a URL
 */
record TopicUrl(
        String topic, @Nullable WebUrl url, @Nullable String form) {

    static TopicUrl of(String topic, @Nullable WebUrl url) {
        return new TopicUrl(topic, url, url == null ? null : UrlPrefix.of(url));
    }
}
