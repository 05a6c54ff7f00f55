package dev.courant.settings;

import dev.courant.hub.HubTimeouts;
import dev.courant.log.EvictionPolicy;
import dev.courant.log.ReplayLimit;
import dev.courant.log.WindowBounds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All there is to set, as it was at start.
 *
 * @param retention how much can be resumed from
 * @param replay how much of it a client that comes back is sent
 * @param timing heartbeat, stall timeout, the clients' retry time and the lifetime of a stream
 * @param maxStreams how many streams there may be
 * @param maxStreamsPerAddress how many from one address
 * @param patterns how many patterns the streams may have
 * @param proxies the operator's own: addresses and networks, separated by commas
 * @param dispatchers how many threads deliver
 * @param numbers whether a random number is broadcast every second
 * @param maxPublishBytes how large the data of an event may be
 * @param journal whether events outlive the process
 * @param access who may do what
 * @param mercure how the Mercure protocol is spoken
 * @param kafka where the log is shared with other nodes, if it is
 */
public record Settings(
        EvictionPolicy retention,
        ReplayLimit replay,
        HubTimeouts timing,
        int maxStreams,
        int maxStreamsPerAddress,
        PatternSettings patterns,
        String proxies,
        int dispatchers,
        boolean numbers,
        int maxPublishBytes,
        JournalSettings journal,
        AccessSettings access,
        MercureSettings mercure,
        @Nullable KafkaSettings kafka) {

    private static final Logger LOG = System.getLogger(Settings.class.getName());

    private static final int MAX_EVENTS = 100_000;
    private static final int MAX_DISPATCHERS = 64;
    private static final int MOST_STREAMS = 10_000_000;
    private static final long MAX_BYTES = 64L << 20;
    private static final long SERVER_BYTES = 128L << 20;
    private static final int MAX_REPLAY_EVENTS = 10_000;
    private static final long MAX_REPLAY_BYTES = 16L << 20;
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Reads the settings of this server.
     *
     * @throws InvalidSettingException if one has a value that cannot be meant
     */
    public static Settings read() {
        SettingsReader reader = new SettingsReader(SettingsSource.ofThisServer());
        Settings settings = from(reader);
        reader.unasked(
                        System.getProperties().stringPropertyNames(),
                        System.getenv().keySet())
                .forEach(name -> LOG.log(Level.WARNING, "There is no setting {0}; it is ignored", name));
        return settings;
    }

    /**
     * Reads them without a word about names that are no settings.
     *
     * @throws InvalidSettingException as {@link #read}
     */
    public static Settings readQuietly() {
        return from(new SettingsReader(SettingsSource.ofThisServer()));
    }

    static Settings from(SettingsReader reader) {
        WindowBounds whole =
                window(reader, "courant.window", new WindowBounds(MAX_EVENTS, roomForEvents(), Duration.ofHours(1)));
        return new Settings(
                new EvictionPolicy(whole, window(reader, "courant.window.topic", whole)),
                new ReplayLimit(
                        (int) reader.number(
                                "courant.replay.max-events", MAX_REPLAY_EVENTS, 1, WindowBounds.MOST_EVENTS),
                        reader.number("courant.replay.max-bytes", MAX_REPLAY_BYTES, 1, Long.MAX_VALUE)),
                new HubTimeouts(
                        reader.duration("courant.heartbeat", Duration.ofSeconds(15), DAY),
                        reader.duration("courant.stall-timeout", Duration.ofSeconds(5), DAY),
                        reader.duration("courant.retry", Duration.ofSeconds(1), DAY),
                        reader.duration("courant.lifetime", DAY)),
                (int) reader.number("courant.streams.max", roomForStreams(), 1, MOST_STREAMS),
                (int) reader.number("courant.streams.max-per-address", 1000, 1, MOST_STREAMS),
                PatternSettings.from(reader),
                reader.text("courant.proxies", "127.0.0.0/8,::1"),
                (int) reader.number(
                        "courant.dispatchers",
                        Math.min(Runtime.getRuntime().availableProcessors(), MAX_DISPATCHERS),
                        1,
                        MAX_DISPATCHERS),
                reader.flag("courant.numbers", true),
                (int) reader.number("courant.publish.max-bytes", 1 << 20, 1, 1 << 29),
                JournalSettings.from(reader),
                AccessSettings.from(reader),
                MercureSettings.from(reader),
                KafkaSettings.from(reader));
    }

    /** A stream takes some 25 KB in all. The rest is for what is published, and for the server itself. */
    private static long roomForStreams() {
        return Math.min(MOST_STREAMS, Math.max(1000, (heap() - SERVER_BYTES) / (40 << 10)));
    }

    /** As large as the window is by default, unless the heap is small. */
    private static long roomForEvents() {
        return Math.min(MAX_BYTES, heap() / 8);
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }

    private static WindowBounds window(SettingsReader reader, String prefix, WindowBounds otherwise) {
        return new WindowBounds(
                (int) reader.number(prefix + ".max-events", otherwise.maxEvents(), 1, WindowBounds.MOST_EVENTS),
                reader.number(prefix + ".max-bytes", otherwise.maxBytes(), 1, Long.MAX_VALUE),
                reader.duration(prefix + ".max-age", otherwise.maxAge(), Duration.ofDays(36_500)));
    }
}
