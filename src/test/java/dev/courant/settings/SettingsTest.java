package dev.courant.settings;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.journal.SyncMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final long LARGE_HEAP = 1L << 40;

    @Test
    void usesDefaultsIfNothingIsSet() {
        Settings settings = read(Map.of());

        assertEquals(100_000, settings.get(SettingCatalogue.WINDOW_MAX_EVENTS));
        assertEquals(64 << 20, settings.get(SettingCatalogue.WINDOW_MAX_BYTES));
        assertEquals(Duration.ofSeconds(15), settings.get(SettingCatalogue.HEARTBEAT));
        assertEquals(SyncMode.ALWAYS, settings.get(SettingCatalogue.JOURNAL_SYNC));
        assertNull(settings.find(SettingCatalogue.LIFETIME));
        assertEquals(
                Math.min(Runtime.getRuntime().availableProcessors(), 64), settings.get(SettingCatalogue.DISPATCHERS));
        assertEquals(
                valuesOf(settings), valuesOf(new Settings(name -> " ", LARGE_HEAP)), "a blank value counts as not set");
    }

    /** Some defaults are computed, but described by a literal. */
    @Test
    void usesTheLiteralsThatDescribeTheDefaults() {
        Settings settings = read(Map.of());
        for (Setting<?> setting : SettingCatalogue.all()) {
            String text = setting.defaultValue().text();
            if (text.startsWith("`")) {
                String literal = text.substring(1, text.length() - 1);
                assertEquals(
                        String.valueOf(setting.parse(literal)), String.valueOf(settings.get(setting)), setting::name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 65536, 16777216, 3276", "1024, 100000, 67108864, 22937", "64, 16384, 4194304, 1000"})
    void limitsTheWindowAndTheStreamsToAShareOfTheHeap(long heapMib, int events, long bytes, int streams) {
        Settings settings = new Settings(name -> null, heapMib << 20);

        assertEquals(events, settings.get(SettingCatalogue.WINDOW_MAX_EVENTS));
        assertEquals(bytes, settings.get(SettingCatalogue.WINDOW_MAX_BYTES));
        assertEquals(streams, settings.get(SettingCatalogue.STREAMS_MAX));
    }

    @Test
    void letsOneTopicFillTheWindow() {
        Settings settings = read(Map.of(
                "courant.window.max-events", "7", "courant.window.max-bytes", " 8 ", "courant.window.max-age", "2d"));

        assertEquals(7, settings.get(SettingCatalogue.WINDOW_TOPIC_MAX_EVENTS));
        assertEquals(8, settings.get(SettingCatalogue.WINDOW_TOPIC_MAX_BYTES));
        assertEquals(Duration.ofDays(2), settings.get(SettingCatalogue.WINDOW_TOPIC_MAX_AGE));
    }

    @Test
    void readsListsAndWords() {
        Settings settings = read(Map.of(
                "courant.cors.origins", "https://app.example, HTTP://Localhost:3000,https://b.example:443,",
                "courant.publish.anonymous", "news/*, chat/**",
                "courant.journal.sync", "interval",
                "courant.mercure.dialect", "0.x",
                "courant.numbers", "false"));

        assertEquals(
                List.of("https://app.example", "http://localhost:3000", "https://b.example"),
                settings.get(SettingCatalogue.CORS_ORIGINS));
        assertEquals(List.of("news/*", "chat/**"), settings.get(SettingCatalogue.PUBLISH_ANONYMOUS));
        assertEquals(SyncMode.INTERVAL, settings.get(SettingCatalogue.JOURNAL_SYNC));
        assertTrue(settings.usesLegacyMercure());
        assertFalse(settings.get(SettingCatalogue.NUMBERS));
    }

    @Test
    void readsThePropertiesThatKafkaDefines() {
        Map<String, String> values = Map.of(
                "courant.kafka.bootstrap-servers", "kafka1:9092, [::1]:9092",
                "courant.kafka.client.linger.ms", "7",
                "courant.kafka.client.lingre.ms", "7");

        assertEquals(Map.of("linger.ms", "7"), read(values).kafkaClientProperties());
        assertEquals(
                Set.of("courant.kafka.client.lingre.ms"), read(values).findUnknownNames(values.keySet(), Set.of()));
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "15s, 15000", "5m, 300000", "1h, 3600000", "36500d, 3153600000000"})
    void readsTimesByTheirUnit(String text, long millis) {
        Settings settings = read(Map.of("courant.window.max-age", text));

        assertEquals(millis, settings.get(SettingCatalogue.WINDOW_MAX_AGE).toMillis());
    }

    @Test
    void findsUnknownNames() {
        Set<String> unknown = read(Map.of())
                .findUnknownNames(
                        Set.of("courant.retry", "courant.retri", "java.home"),
                        Set.of("COURANT_RETRY", "COURANT_RETRI", "HOME"));

        assertEquals(Set.of("courant.retri", "COURANT_RETRI"), unknown);
    }

    @Test
    void readsThisServerWithoutMicroProfile() {
        assertTrue(Settings.read().get(SettingCatalogue.DISPATCHERS) > 0);
    }

    static Settings read(Map<String, String> values) {
        return new Settings(values::get, LARGE_HEAP);
    }

    private static Map<Setting<?>, String> valuesOf(Settings settings) {
        return SettingCatalogue.all().stream()
                .collect(toMap(Function.identity(), setting -> String.valueOf(settings.find(setting))));
    }
}
