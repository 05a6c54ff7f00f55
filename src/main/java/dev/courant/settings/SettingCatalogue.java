package dev.courant.settings;

import static dev.courant.settings.SettingDefault.*;
import static dev.courant.settings.SettingType.*;

import dev.courant.journal.JournalBounds;
import dev.courant.journal.SyncMode;
import dev.courant.urlpattern.WebUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All settings: name, type, default and description, in the order of {@code docs/configuration.md}, which a test
 * compares. No other class contains the name of a setting.
 */
public final class SettingCatalogue {

    private static final List<Setting<?>> ALL = new ArrayList<>();
    // Retention in memory
    public static final Setting<Integer> WINDOW_MAX_EVENTS = add(
            "courant.window.max-events",
            EVENTS,
            computed("`100000`", settings -> (int) Math.min(100_000, settings.heapBytes() / (4 << 10))),
            "the maximum number of events in the window. The default is one for each 4 KiB of heap if that is less");
    public static final Setting<Long> WINDOW_MAX_BYTES = add(
            "courant.window.max-bytes",
            COUNT,
            computed("`67108864`", settings -> Math.min(64L << 20, settings.heapBytes() / 16)),
            "the maximum size of the window. The default is a sixteenth of the heap if that is less");
    public static final Setting<Duration> WINDOW_MAX_AGE =
            add("courant.window.max-age", CENTURY, "1h", "the maximum age of an event in the window");
    public static final Setting<Integer> WINDOW_TOPIC_MAX_EVENTS = add(
            "courant.window.topic.max-events",
            EVENTS,
            sameAs(WINDOW_MAX_EVENTS),
            "the maximum number of events of each topic");
    public static final Setting<Long> WINDOW_TOPIC_MAX_BYTES = add(
            "courant.window.topic.max-bytes",
            COUNT,
            sameAs(WINDOW_MAX_BYTES),
            "the maximum size of the events of each topic");
    public static final Setting<Duration> WINDOW_TOPIC_MAX_AGE = add(
            "courant.window.topic.max-age",
            CENTURY,
            sameAs(WINDOW_MAX_AGE),
            "the maximum age of an event in each topic");
    public static final Setting<Integer> REPLAY_MAX_EVENTS = add(
            "courant.replay.max-events",
            EVENTS,
            "10000",
            "the maximum number of events, the newest, replayed to a client that reconnects");
    public static final Setting<Long> REPLAY_MAX_BYTES =
            add("courant.replay.max-bytes", COUNT, "16777216", "the maximum size of that replay");

    // Journal
    public static final Setting<Path> JOURNAL_DIR = add(
            "courant.journal.dir",
            DIRECTORY,
            none(),
            "the directory of the journal. Without it, events are lost at a restart");
    public static final Setting<Long> JOURNAL_MAX_EVENTS =
            add("courant.journal.max-events", COUNT, "1000000", "the maximum number of events in the journal");
    public static final Setting<Long> JOURNAL_MAX_BYTES = add(
            "courant.journal.max-bytes",
            number(JournalBounds.LEAST_BYTES),
            "1073741824",
            "the maximum size of the journal, at least 16 MiB. No event may be larger than half of it");
    public static final Setting<Duration> JOURNAL_MAX_AGE =
            add("courant.journal.max-age", CENTURY, "7d", "the maximum age of an event in the journal");
    public static final Setting<SyncMode> JOURNAL_SYNC = add(
            "courant.journal.sync",
            choice(List.of(SyncMode.values())),
            "always",
            "`always` syncs before an event is acknowledged, `interval` syncs every 100 ms");

    // Kafka
    public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS = add(
            "courant.kafka.bootstrap-servers",
            BROKERS,
            none(),
            "the addresses of some brokers, such as `kafka1:9092,kafka2:9092`");
    public static final Setting<String> KAFKA_TOPIC =
            add("courant.kafka.topic", KAFKA_NAME, "courant", "the Kafka topic that all nodes share");
    public static final Setting<Integer> KAFKA_REPLICATION = add(
            "courant.kafka.replication",
            integer(0, Short.MAX_VALUE),
            computed("the brokers' `default.replication.factor`", settings -> 0),
            "the replication factor of the topic if Courant creates it");
    public static final Setting<String> KAFKA_CLIENT = addSecret(
            "courant.kafka.client.*",
            TEXT,
            absent("[Courant's own](kafka.md#client-properties)"),
            "any property of Kafka's clients, such as `courant.kafka.client.security.protocol`");

    // Access
    public static final Setting<List<String>> PUBLISH_ANONYMOUS = add(
            "courant.publish.anonymous",
            TOPIC_PATTERNS,
            emptyList(),
            "patterns of the topics to which clients may publish without a token, such as `news/**`");
    public static final Setting<Boolean> SUBSCRIBE_ANONYMOUS = add(
            "courant.subscribe.anonymous",
            FLAG,
            "true",
            "whether clients may read public events without a token. If `false`, they need a valid token; the page"
                    + " has none");
    public static final Setting<String> JWT_KEY = addSecret(
            "courant.jwt.key",
            TEXT,
            absent("a random key"),
            "the key that verifies tokens: an HMAC secret, or a public key or certificate in PEM. It is the key"
                    + " itself, not a file");
    public static final Setting<String> JWT_JWKS =
            addSecret("courant.jwt.jwks", TEXT, none(), "instead of a key, the URL or file of a JSON Web Key Set");
    public static final Setting<String> JWT_ALGORITHM = add(
            "courant.jwt.algorithm",
            TEXT,
            absent("by the key"),
            "the accepted algorithms: `HS256`, `RS256`, `PS256`, `ES256`, their 384 and 512 variants, `EdDSA`");
    public static final Setting<String> JWT_ISSUER = add(
            "courant.jwt.issuer",
            TEXT,
            none(),
            "the required `iss` of tokens. Required with a key, except for the dialect `0.x`");
    public static final Setting<String> JWT_AUDIENCE = add(
            "courant.jwt.audience",
            TEXT,
            absent("the hub's URL"),
            "the required `aud` of tokens. Required with a key if `courant.public-url` is not set, except for `0.x`");
    public static final Setting<WebUrl> PUBLIC_URL = add(
            "courant.public-url",
            WEB_URL,
            none(),
            "the URL at which clients reach the application, such as `https://example.com/courant`");
    public static final Setting<List<String>> CORS_ORIGINS = add(
            "courant.cors.origins",
            ORIGINS,
            emptyList(),
            "the origins whose pages may subscribe and publish, such as `https://www.example.com`");

    // Mercure protocol
    public static final Setting<String> MERCURE_DIALECT = add(
            "courant.mercure.dialect",
            choice(List.of("1.0", "0.x")),
            "1.0",
            "the version of the Mercure protocol; `0.x` for older clients");
    public static final Setting<Boolean> MERCURE_SUBSCRIPTIONS = add(
            "courant.mercure.subscriptions",
            FLAG,
            "false",
            "whether clients can list, follow and end active subscriptions. Each change takes space in the window");
    public static final Setting<Boolean> MERCURE_TOKEN_IN_QUERY = add(
            "courant.mercure.token-in-query",
            FLAG,
            "false",
            "whether `0.x` accepts a token in the URL, which servers and proxies may log");

    // Streams and publications
    public static final Setting<Integer> PUBLISH_MAX_BYTES = add(
            "courant.publish.max-bytes", integer(1, 1 << 29), "1048576", "the maximum size of the data of an event");
    public static final Setting<Integer> PUBLISH_MAX_STREAMS =
            add("courant.publish.max-streams", LIMIT, "1000", "the maximum number of bodies with several events");
    public static final Setting<Duration> PUBLISH_IDLE_TIMEOUT =
            add("courant.publish.idle-timeout", DAY, "5m", "the time after which such a body ends if no byte arrives");
    public static final Setting<Boolean> NUMBERS =
            add("courant.numbers", FLAG, "true", "whether Courant publishes a random number each second");
    public static final Setting<Duration> HEARTBEAT = add(
            "courant.heartbeat",
            DAY,
            "15s",
            "the quiet time after which a stream gets a comment. Courant notices a client that has left within"
                    + " about twice this time");
    public static final Setting<Duration> STALL_TIMEOUT = add(
            "courant.stall-timeout",
            DAY,
            "5s",
            "the time after which Courant disconnects a client that accepts no byte. Until the server has opened"
                    + " the stream, the time is 12 times as long");
    public static final Setting<Duration> RETRY = add(
            "courant.retry",
            DAY,
            "1s",
            "the minimum reconnect time of clients. Each gets a random time between this and twice this");
    public static final Setting<Duration> LIFETIME = add(
            "courant.lifetime",
            DAY,
            none(),
            "the maximum lifetime of a stream. Courant ends each at a random time between half of this and this");
    public static final Setting<Integer> DISPATCHERS = add(
            "courant.dispatchers",
            integer(1, 64),
            numberOfCores(),
            "the number of dispatcher threads. Half as many more, at least one, serve subscriptions with patterns,"
                    + " so that matching delays no other subscription");

    // Limits
    public static final Setting<Integer> STREAMS_MAX = add(
            "courant.streams.max",
            LIMIT,
            streamsOfHeap(),
            "the maximum number of streams ([what happens beyond it](clients.md#when-there-is-no-room))");
    public static final Setting<Integer> STREAMS_MAX_PER_ADDRESS = add(
            "courant.streams.max-per-address",
            LIMIT,
            "1000",
            "the maximum number of streams from one IPv4 address or one IPv6 /64 network, refused in the same way");
    public static final Setting<Integer> PATTERNS_MAX = add(
            "courant.patterns.max",
            LIMIT,
            "20000",
            "the maximum number of patterns (URL patterns, URI templates) of all open streams. Beyond it, a stream"
                    + " is refused with `503`, or a browser is asked to reconnect");
    public static final Setting<Integer> PATTERNS_MAX_PER_ADDRESS = add(
            "courant.patterns.max-per-address",
            LIMIT,
            "2000",
            "the maximum number of patterns of the streams from one address, refused with `429`");
    public static final Setting<List<IpNetwork>> PROXIES = add(
            "courant.proxies",
            NETWORKS,
            "127.0.0.0/8,::1",
            "your own proxies, from which Courant trusts `X-Forwarded-For`");

    private SettingCatalogue() {}

    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> add(String name, SettingType<T> type, String defaultValue, String description) {
        return add(name, type, literal(defaultValue), description);
    }

    private static <T> Setting<T> add(
            String name, SettingType<T> type, SettingDefault<T> defaultValue, String description) {
        return add(new Setting<>(name, type, defaultValue, description, false));
    }

    private static <T> Setting<T> addSecret(
            String name, SettingType<T> type, SettingDefault<T> defaultValue, String description) {
        return add(new Setting<>(name, type, defaultValue, description, true));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
