package dev.courant.topic;

import dev.courant.urlpattern.PercentDecoder;
import dev.courant.urlpattern.WebUrl;
import java.util.regex.Pattern;

/**
 * The path of the hub's URL and all paths below it, to which only the hub publishes (Mercure, "Publication"). A topic
 * is reserved whatever its scheme and host are, and whether its characters are percent-encoded or not. Immutable.
 */
public final class ReservedPath {

    private final WebUrl hub;
    private final String path;

    /** Matches each topic whose path may be reserved. So only a few topics are parsed. */
    private final Pattern candidate;

    public ReservedPath(WebUrl hub) {
        this.hub = hub;
        path = PercentDecoder.decodeUnreserved(hub.path());
        String name = path.substring(path.lastIndexOf('/') + 1);
        // A topic contains the last segment, unless a character of it is percent-encoded or the parser removes one. Or
        // the
        // topic is a reference with an empty path, which takes the path of the hub.
        candidate = Pattern.compile("[%?#\\x00-\\x20]|:\\z|\\A\\z|" + (name.contains("%") ? "" : Pattern.quote(name)));
    }

    /** Returns true if the path of a topic is reserved for the hub. A topic that is not a URL is not reserved. */
    public boolean isReserved(String topic) {
        return candidate.matcher(topic).find() && isBelowHub(topic);
    }

    boolean isBelowHub(String topic) {
        WebUrl url = WebUrl.parse(topic, hub);
        if (url == null) {
            return false;
        }
        // The parser has removed all dot-segments, encoded ones included, so decoding does not create new ones.
        String decoded = PercentDecoder.decodeUnreserved(url.path());
        return decoded.startsWith(path) && (decoded.length() == path.length() || decoded.charAt(path.length()) == '/');
    }
}
