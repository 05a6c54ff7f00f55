package dev.courant.settings;

import dev.courant.hub.Timing;
import dev.courant.log.Window;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * All there is to set, as it was at start.
 *
 * @param window how much can be resumed from
 * @param timing heartbeat, stall timeout and the clients' retry time
 * @param dispatchers how many threads deliver
 * @param publishAnonymous patterns of the topics that anyone may publish to, separated by commas
 * @param maxPublishBytes how large the data of an event may be
 */
public record Settings(Window window, Timing timing, int dispatchers, String publishAnonymous, int maxPublishBytes) {

    private static final Logger LOG = System.getLogger(Settings.class.getName());

    private static final int MAX_EVENTS = 100_000;
    private static final int MAX_DISPATCHERS = 64;
    private static final long MAX_BYTES = 64L << 20;
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Reads the settings of this server.
     *
     * @throws InvalidSettingException if one has a value that cannot be meant
     */
    public static Settings read() {
        SettingsReader reader = new SettingsReader(Source.ofThisServer());
        Settings settings = from(reader);
        reader.unasked(
                        System.getProperties().stringPropertyNames(),
                        System.getenv().keySet())
                .forEach(name -> LOG.log(Level.WARNING, "There is no setting {0}; it is ignored", name));
        return settings;
    }

    static Settings from(SettingsReader reader) {
        return new Settings(
                new Window(
                        (int) reader.number("courant.window.max-events", MAX_EVENTS, 1, Window.MOST_EVENTS),
                        reader.number("courant.window.max-bytes", MAX_BYTES, 1, Long.MAX_VALUE),
                        reader.duration("courant.window.max-age", Duration.ofHours(1), Duration.ofDays(36_500))),
                new Timing(
                        reader.duration("courant.heartbeat", Duration.ofSeconds(15), DAY),
                        reader.duration("courant.stall-timeout", Duration.ofSeconds(5), DAY),
                        reader.duration("courant.retry", Duration.ofSeconds(1), DAY)),
                (int) reader.number(
                        "courant.dispatchers",
                        Math.min(Runtime.getRuntime().availableProcessors(), MAX_DISPATCHERS),
                        1,
                        MAX_DISPATCHERS),
                reader.text("courant.publish.anonymous", ""),
                (int) reader.number("courant.publish.max-bytes", 1 << 20, 1, 1 << 30));
    }
}
