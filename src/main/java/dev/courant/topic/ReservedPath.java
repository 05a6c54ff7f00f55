package dev.courant.topic;

import dev.courant.urlpattern.PercentDecoder;
import dev.courant.urlpattern.WebUrl;

/**
 * The path of the hub's URL and everything below it, where the hub alone publishes (Mercure, section on publication):
 * on whatever host, by whatever scheme, and however it is written.
 */
public record ReservedPath(WebUrl hub) {

    /** Whether a topic leads there. What is no URL leads nowhere. */
    public boolean isAddressedBy(String topic) {
        WebUrl url = WebUrl.parse(topic, hub);
        if (url == null) {
            return false;
        }
        // The parser has removed dot-segments, encoded ones too, so that decoding brings no new ones.
        String path = PercentDecoder.unreserved(url.path());
        String reserved = PercentDecoder.unreserved(hub.path());
        return path.startsWith(reserved)
                && (path.length() == reserved.length() || path.charAt(reserved.length()) == '/');
    }
}
