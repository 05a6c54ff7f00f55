package dev.courant.settings;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the messages for values that cannot be used. */
class InvalidSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "courant.window.max-events, 0, a whole number from 1 to 16777216",
        "courant.window.max-events, 16777217, a whole number from 1 to 16777216",
        "courant.window.max-events, many, a whole number from 1 to 16777216",
        "courant.window.max-events, 4294967297, a whole number from 1 to 16777216",
        "courant.window.max-bytes, -1, a whole number from 1 to 9223372036854775807",
        "courant.window.max-bytes, 9223372036854775808, a whole number from 1 to 9223372036854775807",
        "courant.window.max-bytes, 1.5, a whole number from 1 to 9223372036854775807",
        "courant.journal.max-bytes, 16777215, a whole number from 16777216 to 9223372036854775807",
        "courant.dispatchers, 0, a whole number from 1 to 64",
        "courant.dispatchers, 65, a whole number from 1 to 64",
        "courant.heartbeat, 15, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.heartbeat, 0s, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.retry, -1s, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.retry, 1.5s, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.stall-timeout, 5 s, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.stall-timeout, 9999999999s, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.retry, 25h, 'a duration such as 500ms, 15s, 5m or 1h, at most 1d'",
        "courant.window.max-age, 36501d, 'a duration such as 500ms, 15s, 5m or 1h, at most 36500d'",
        "courant.window.max-age, 999999999d, 'a duration such as 500ms, 15s, 5m or 1h, at most 36500d'",
        "courant.numbers, yes, '\"true\" or \"false\"'",
        "courant.mercure.dialect, 0.9, '\"1.0\" or \"0.x\"'",
        "courant.kafka.topic, ., 'a name of 1 to 249 of the characters a-z A-Z 0-9 . _ -'"
    })
    void namesTheSettingItsValueAndTheValidValues(String name, String value, String expected) {
        assertEquals(
                "The setting " + name + " is \"" + value + "\". It must be " + expected + '.', messageFor(name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "/courant",
                "ftp://example.com",
                "javascript:alert(1)",
                "https://",
                "https://example.com?a=b",
                "https://example.com/#x"
            })
    void rejectsPublicUrlsThatAreNotHttpPages(String url) {
        assertEquals(
                "The setting courant.public-url is \"" + url + "\". It must be an http or https URL such as"
                        + " https://example.com or https://example.com/courant.",
                messageFor("courant.public-url", url));
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:secret@a/x?y, https://...@a/x?y",
        "https://u:se@cret/a@a/x?y, https://...@a/x?y",
        "https:u:secret@a?y, ...@a?y",
        "u:secret@a, ...@a"
    })
    void omitsThePasswordOfAUrl(String url, String printed) {
        assertEquals(
                "The setting courant.public-url is \"" + printed + "\". It must be an http or https URL such as"
                        + " https://example.com or https://example.com/courant.",
                messageFor("courant.public-url", url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*.example",
                "https://app.example/",
                "https://app.example/x",
                "app.example",
                "https://app.example:x",
                "https://a.example;https://b.example",
                "https://",
                "https://app.example?x",
                "https://äpp.example"
            })
    void namesTheElementThatIsNotAnOrigin(String origin) {
        assertEquals(
                "The setting courant.cors.origins contains \"" + origin + "\". It must be a list of origins such as"
                        + " https://www.example.com,http://localhost:3000, without a path or a slash at the end, '*' or"
                        + " 'null'.",
                messageFor("courant.cors.origins", "https://good.example, " + origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::1/129", "10.0.0.0/x", "10.0.0.0/8/8"})
    void namesTheElementThatIsNeitherAnAddressNorANetwork(String text) {
        assertEquals(
                "The setting courant.proxies contains \"" + text
                        + "\". It must be a list of addresses and networks such"
                        + " as 10.0.0.0/8, separated by commas.",
                messageFor("courant.proxies", "::1," + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka", "kafka:", "kafka:9092,", ",kafka:9092", "a b:9092", "kafka:9092;kafka:9093", "[::1]"})
    void rejectsBrokersWithoutAPort(String brokers) {
        assertEquals(
                "The setting courant.kafka.bootstrap-servers is \"" + brokers
                        + "\". It must be a list of addresses such"
                        + " as kafka.example.com:9092, separated by commas.",
                messageFor("courant.kafka.bootstrap-servers", brokers));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            courant.jwt.key=k courant.jwt.jwks=file | courant.jwt.key and courant.jwt.jwks are both set. Remove one of them.
            courant.jwt.algorithm=HS256 | courant.jwt.algorithm is set, but no key. Set courant.jwt.key or courant.jwt.jwks.
            courant.jwt.issuer=i | courant.jwt.issuer is set, but no key. Set courant.jwt.key or courant.jwt.jwks.
            courant.jwt.key=k | courant.jwt.issuer is not set. Set it to the iss of the tokens.
            courant.jwt.key=k courant.jwt.issuer=i | courant.jwt.audience is not set. Set it to the aud of the tokens, \
            or set courant.public-url if that is the hub's URL.
            courant.journal.dir=d courant.kafka.bootstrap-servers=k:1 | courant.journal.dir and \
            courant.kafka.bootstrap-servers are both set. Remove one of them: events are stored in the journal or in Kafka.
            """)
    void rejectsSettingsThatDoNotFitTogether(String settings, String message) {
        Map<String, String> values = Stream.of(settings.split(" "))
                .map(setting -> setting.split("="))
                .collect(toMap(setting -> setting[0], setting -> setting[1]));
        assertEquals(
                message,
                assertThrows(InvalidSettingException.class, () -> SettingsTest.read(values))
                        .getMessage());
    }

    @Test
    void omitsTheValueOfASecret() {
        Setting<Long> secret =
                new Setting<>("courant.pin", SettingType.number(1), SettingDefault.none(), "a number", true);

        assertEquals(
                "The setting courant.pin is invalid. It must be a whole number from 1 to 9223372036854775807.",
                assertThrows(InvalidSettingException.class, () -> secret.parse("s3cret"))
                        .getMessage());
    }

    private static String messageFor(String name, String value) {
        return assertThrows(InvalidSettingException.class, () -> SettingsTest.read(Map.of(name, value)))
                .getMessage();
    }
}
