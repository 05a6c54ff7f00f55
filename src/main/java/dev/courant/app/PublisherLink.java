package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;
import static dev.courant.settings.SettingCatalogue.JWT_KEY;

import dev.courant.urlpattern.WebUrl;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A link to the page that contains a token to publish. It is logged once if no key is configured. The application then
 * creates a random key at start, and this token is the only one that the key signs. The token follows the {@code #} of
 * the URL: browsers do not send this part to a server.
 */
final class PublisherLink {

    static final Duration LIFETIME = Duration.ofHours(24);

    /** The system property with the URL of the page, set by the launcher of the uber-jar. */
    private static final String LAUNCHER_ADDRESS = "dev.courant.address";

    private PublisherLink() {}

    static void log(@Nullable WebUrl publicUrl, String contextPath, String token) {
        String address = publicUrl != null ? publicUrl.toString() : System.getProperty(LAUNCHER_ADDRESS);
        String page =
                address == null ? "http(s)://<this server>" + contextPath + '/' : address.replaceFirst("/*$", "/");
        System.getLogger(PublisherLink.class.getName())
                .log(
                        Level.INFO,
                        () -> "No key for tokens is set (" + JWT_KEY + ", " + JWT_JWKS
                                + "), so Courant created a random key."
                                + " To publish from the page, open it as " + page + "#token=" + token
                                + " within " + LIFETIME.toHours()
                                + " hours"); // The link is not last: some servers append ]] to a record.
    }
}
