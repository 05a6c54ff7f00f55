package dev.courant.topic;

import dev.courant.urlpattern.PercentDecoder;
import dev.courant.urlpattern.WebUrl;

/**
 * The path of the hub's URL and all paths below it, to which only the hub publishes (Mercure, "Publication"). A topic
 * is reserved whatever its scheme and host are, and whether its characters are percent-encoded or not. Immutable.
 */
public record ReservedPath(WebUrl hub) {

    /** Returns true if the path of a topic is reserved for the hub. A topic that is not a URL is not reserved. */
    public boolean isReserved(String topic) {
        WebUrl url = WebUrl.parse(topic, hub);
        if (url == null) {
            return false;
        }
        // The parser has removed all dot-segments, encoded ones included, so decoding does not create new ones.
        String path = PercentDecoder.decodeUnreserved(url.path());
        String reserved = PercentDecoder.decodeUnreserved(hub.path());
        return path.startsWith(reserved)
                && (path.length() == reserved.length() || path.charAt(reserved.length()) == '/');
    }
}
