package dev.courant.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * With no key configured, one that nobody knows is made at start, and this is the only token under it: printed once, so
 * that the page can publish. It stands behind the address's {@code #}, which no browser sends to a server.
 */
final class PublisherLink {

    static final Duration LIFETIME = Duration.ofHours(24);

    /** Where the launcher of the uber-jar says that the page is. */
    private static final String LAUNCHED_AT = "dev.courant.address";

    private PublisherLink() {}

    static void announce(@Nullable String publicUrl, String contextPath, String token) {
        String known = publicUrl != null ? publicUrl : System.getProperty(LAUNCHED_AT);
        String page = known == null ? "http(s)://<this server>" + contextPath + '/' : known.replaceFirst("/*$", "/");
        System.getLogger(PublisherLink.class.getName())
                .log(
                        Level.INFO,
                        () ->
                                "No key for tokens is set (courant.jwt.key, courant.jwt.jwks), so one was made for this run."
                                        + " To publish from the page, open it as " + page + "#token=" + token
                                        + " within " + LIFETIME.toHours()
                                        + " hours"); // some servers end a line with ]]
    }
}
