package dev.courant.settings;

import dev.courant.hub.HubTimeouts;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the application, read once at start.
 *
 * @param retention the bounds of the window
 * @param replay the limits of the replay to a client that reconnects
 * @param timeouts the heartbeat, stall timeout, retry time and lifetime of streams
 * @param maxStreams the maximum number of streams
 * @param maxStreamsPerAddress the maximum number of streams from one client address
 * @param patterns the limits on the patterns of streams
 * @param proxies the addresses and networks of the operator's own proxies, separated by commas
 * @param dispatchers the number of dispatcher threads
 * @param numbers whether a random number is published every second
 * @param maxPublishBytes the maximum size of the data of an event
 * @param journal the journal, which retains events on disk
 * @param access tokens, anonymous access and origins
 * @param mercure the Mercure protocol
 * @param kafka the Kafka topic that stores the log, or {@code null} if Kafka is not configured
 */
public record Settings(
        RetentionBounds retention,
        ReplayLimit replay,
        HubTimeouts timeouts,
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

    private static final int DEFAULT_WINDOW_EVENTS = 100_000;
    private static final int MAX_DISPATCHERS = 64;
    private static final int MAX_STREAMS = 10_000_000;
    private static final long DEFAULT_WINDOW_BYTES = 64L << 20;
    private static final long SERVER_HEAP_BYTES = 128L << 20;
    private static final int DEFAULT_REPLAY_EVENTS = 10_000;
    private static final long DEFAULT_REPLAY_BYTES = 16L << 20;
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Reads the settings of this server, and logs a warning for each unknown name.
     *
     * @throws InvalidSettingException if a value is invalid
     */
    public static Settings read() {
        SettingsReader reader = new SettingsReader(SettingsSource.ofServer());
        Settings settings = from(reader);
        reader.findUnknownNames(
                        System.getProperties().stringPropertyNames(),
                        System.getenv().keySet())
                .forEach(name ->
                        LOG.log(Level.WARNING, "The setting {0} is unknown and ignored. Check its spelling.", name));
        return settings;
    }

    /**
     * Reads the settings without logging unknown names.
     *
     * @throws InvalidSettingException if a value is invalid
     */
    public static Settings readWithoutWarnings() {
        return from(new SettingsReader(SettingsSource.ofServer()));
    }

    static Settings from(SettingsReader reader) {
        WindowBounds whole = readWindow(reader, "courant.window", defaultWindow(maxHeap()));
        return new Settings(
                new RetentionBounds(whole, readWindow(reader, "courant.window.topic", whole)),
                new ReplayLimit(
                        (int) reader.getNumber(
                                "courant.replay.max-events", DEFAULT_REPLAY_EVENTS, 1, WindowBounds.MAX_EVENTS),
                        reader.getNumber("courant.replay.max-bytes", DEFAULT_REPLAY_BYTES, 1, Long.MAX_VALUE)),
                new HubTimeouts(
                        reader.getDuration("courant.heartbeat", Duration.ofSeconds(15), DAY),
                        reader.getDuration("courant.stall-timeout", Duration.ofSeconds(5), DAY),
                        reader.getDuration("courant.retry", Duration.ofSeconds(1), DAY),
                        reader.getDuration("courant.lifetime", DAY)),
                (int) reader.getNumber("courant.streams.max", defaultMaxStreams(), 1, MAX_STREAMS),
                (int) reader.getNumber("courant.streams.max-per-address", 1000, 1, MAX_STREAMS),
                PatternSettings.from(reader),
                reader.getText("courant.proxies", "127.0.0.0/8,::1"),
                (int) reader.getNumber(
                        "courant.dispatchers",
                        Math.min(Runtime.getRuntime().availableProcessors(), MAX_DISPATCHERS),
                        1,
                        MAX_DISPATCHERS),
                reader.getFlag("courant.numbers", true),
                (int) reader.getNumber("courant.publish.max-bytes", 1 << 20, 1, 1 << 29),
                JournalSettings.from(reader),
                AccessSettings.from(reader),
                MercureSettings.from(reader),
                KafkaSettings.from(reader));
    }

    /**
     * Returns one stream for each 40 KiB of heap, after 128 MiB for the server. A stream takes about 25 KB; the
     * remaining heap is for published events.
     */
    private static long defaultMaxStreams() {
        return Math.min(MAX_STREAMS, Math.max(1000, (maxHeap() - SERVER_HEAP_BYTES) / (40 << 10)));
    }

    /**
     * Returns 100,000 events and 64 MiB, or less for a small heap: one event for each 4 KiB and a sixteenth in bytes. A small
     * event in its own topic takes 450 bytes.
     */
    static WindowBounds defaultWindow(long heapBytes) {
        return new WindowBounds(
                (int) Math.min(DEFAULT_WINDOW_EVENTS, heapBytes / (4 << 10)),
                Math.min(DEFAULT_WINDOW_BYTES, heapBytes / 16),
                Duration.ofHours(1));
    }

    private static long maxHeap() {
        return Runtime.getRuntime().maxMemory();
    }

    private static WindowBounds readWindow(SettingsReader reader, String prefix, WindowBounds defaults) {
        return new WindowBounds(
                (int) reader.getNumber(prefix + ".max-events", defaults.maxEvents(), 1, WindowBounds.MAX_EVENTS),
                reader.getNumber(prefix + ".max-bytes", defaults.maxBytes(), 1, Long.MAX_VALUE),
                reader.getDuration(prefix + ".max-age", defaults.maxAge(), Duration.ofDays(36_500)));
    }
}
