package dev.courant.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.hub.HubTimeouts;
import dev.courant.log.ReplayLimit;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void usesDefaultsIfNothingIsSet() {
        Settings settings = Settings.from(new SettingsReader(name -> null));

        assertEquals(
                new WindowBounds(100_000, 64 << 20, Duration.ofHours(1)),
                settings.retention().whole());
        assertEquals(
                new HubTimeouts(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(1), null),
                settings.timeouts());
        assertEquals(settings.retention().whole(), settings.retention().topic(), "one topic may fill the window");
        assertEquals(new ReplayLimit(10_000, 16 << 20), settings.replay());
        assertEquals(Math.min(Runtime.getRuntime().availableProcessors(), 64), settings.dispatchers());
        assertEquals(settings, Settings.from(new SettingsReader(name -> " ")), "a blank value counts as not set");
    }

    @Test
    void limitsTheWindowToAShareOfASmallHeap() {
        assertEquals(new WindowBounds(65_536, 16 << 20, Duration.ofHours(1)), Settings.defaultWindow(256 << 20));
        assertEquals(new WindowBounds(100_000, 64 << 20, Duration.ofHours(1)), Settings.defaultWindow(1 << 30));
    }

    @Test
    void readsEachSettingByItsName() {
        Map<String, String> values = Map.ofEntries(
                Map.entry("courant.window.max-events", "7"),
                Map.entry("courant.window.max-bytes", " 5000000000 "),
                Map.entry("courant.window.max-age", "2d"),
                Map.entry("courant.window.topic.max-events", "5"),
                Map.entry("courant.window.topic.max-bytes", "6"),
                Map.entry("courant.window.topic.max-age", "1d"),
                Map.entry("courant.replay.max-events", "8"),
                Map.entry("courant.replay.max-bytes", "9"),
                Map.entry("courant.heartbeat", "500ms"),
                Map.entry("courant.stall-timeout", " 3m "),
                Map.entry("courant.retry", "2s"),
                Map.entry("courant.lifetime", "1h"),
                Map.entry("courant.dispatchers", "3"));
        Settings settings = Settings.from(new SettingsReader(values::get));

        assertEquals(
                new WindowBounds(7, 5_000_000_000L, Duration.ofDays(2)),
                settings.retention().whole());
        assertEquals(
                new HubTimeouts(
                        Duration.ofMillis(500), Duration.ofMinutes(3), Duration.ofSeconds(2), Duration.ofHours(1)),
                settings.timeouts());
        assertEquals(
                new WindowBounds(5, 6, Duration.ofDays(1)), settings.retention().topic());
        assertEquals(new ReplayLimit(8, 9), settings.replay());
        assertEquals(3, settings.dispatchers());
    }

    @ParameterizedTest
    @CsvSource({
        "courant.window.max-events, 0, a whole number from 1 to 16777216",
        "courant.window.max-events, 16777217, a whole number from 1 to 16777216",
        "courant.window.max-events, many, a whole number from 1 to 16777216",
        "courant.window.max-events, 4294967297, a whole number from 1 to 16777216",
        "courant.window.max-bytes, -1, a whole number from 1 to 9223372036854775807",
        "courant.window.max-bytes, 9223372036854775808, a whole number from 1 to 9223372036854775807",
        "courant.window.max-bytes, 1.5, a whole number from 1 to 9223372036854775807",
        "courant.dispatchers, 0, a whole number from 1 to 64",
        "courant.dispatchers, 65, a whole number from 1 to 64",
        "courant.heartbeat, 15, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.heartbeat, 0s, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.retry, -1s, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.retry, 1.5s, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.stall-timeout, 5 s, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.stall-timeout, 9999999999s, 'a duration such as 500ms, 15s, 5m, 1h or 7d'",
        "courant.retry, 25h, at most 1d",
        "courant.window.max-age, 36501d, at most 36500d",
        "courant.window.max-age, 999999999d, at most 36500d"
    })
    void namesTheSettingItsValueAndTheValidValues(String name, String value, String expected) {
        InvalidSettingException refused = assertThrows(
                InvalidSettingException.class,
                () -> Settings.from(new SettingsReader(requested -> requested.equals(name) ? value : null)));

        assertEquals(
                "The setting " + name + " is \"" + value + "\". It must be " + expected + '.', refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "15s, 15000", "5m, 300000", "1h, 3600000", "36500d, 3153600000000"})
    void readsTimesByTheirUnit(String text, long millis) {
        Settings settings =
                Settings.from(new SettingsReader(name -> name.equals("courant.window.max-age") ? text : null));

        assertEquals(millis, settings.retention().whole().maxAge().toMillis());
    }

    @Test
    void findsUnknownNames() {
        SettingsReader reader = new SettingsReader(name -> null);
        Settings.from(reader);

        Set<String> unknown = reader.findUnknownNames(
                Set.of("courant.retry", "courant.retri", "java.home"),
                Set.of("COURANT_RETRY", "COURANT_RETRI", "HOME"));

        assertEquals(Set.of("courant.retri", "COURANT_RETRI"), unknown);
    }

    @Test
    void readsThisServerWithoutMicroProfile() {
        assertTrue(Settings.read().dispatchers() > 0);
    }
}
