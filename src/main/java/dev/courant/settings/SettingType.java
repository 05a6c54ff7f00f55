package dev.courant.settings;

import dev.courant.log.WindowBounds;
import dev.courant.urlpattern.WebUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The conversion of the text of a setting to its value. */
@FunctionalInterface
interface SettingType<T> {

    /** A text as it is, with spaces at its ends. */
    SettingType<String> TEXT = (setting, text) -> text;

    SettingType<Boolean> FLAG = choice(List.of(true, false));

    SettingType<Integer> EVENTS = integer(1, WindowBounds.MAX_EVENTS);

    SettingType<Integer> LIMIT = integer(1, 10_000_000);

    SettingType<Long> COUNT = number(1);

    SettingType<Duration> DAY = duration(Duration.ofDays(1));

    SettingType<Duration> CENTURY = duration(Duration.ofDays(36_500));

    SettingType<Path> DIRECTORY =
            of("the path of a directory", text -> Path.of(text).toAbsolutePath());

    SettingType<List<IpNetwork>> NETWORKS =
            listOf("a list of addresses and networks such as 10.0.0.0/8, separated by commas", IpNetwork::parse);

    SettingType<List<String>> ORIGINS = listOf(
            "a list of origins such as https://www.example.com,http://localhost:3000, without a path or a slash at the"
                    + " end, '*' or 'null'",
            AllowedOrigins::parse);

    SettingType<List<String>> TOPIC_PATTERNS = listOf("a list of patterns such as news/* or news/**", pattern -> {
        require(!pattern.contains("***"));
        return pattern;
    });

    SettingType<String> KAFKA_NAME =
            matching("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}", "a name of 1 to 249 of the characters a-z A-Z 0-9 . _ -");

    SettingType<String> BROKERS = matching(
            "(\\s*([^\\s:,]+|[^\\s,]*\\[[0-9a-fA-F:]+]):[0-9]{1,5}\\s*(,(?!$)|$))+",
            "a list of addresses such as kafka.example.com:9092, separated by commas");

    /** The URL of this application, from which the URL of the hub and its origin are derived. */
    SettingType<WebUrl> WEB_URL =
            of("an http or https URL such as https://example.com or https://example.com/courant", text -> {
                WebUrl url = WebUrl.parse(text, null);
                if (url == null
                        || !url.scheme().matches("https?")
                        || url.query() != null
                        || url.fragment() != null
                        || AllowedOrigins.findOrigin(url.toString()) == null) {
                    throw new IllegalArgumentException();
                }
                return url;
            });

    /** @throws InvalidSettingException if the text is not a valid value of the setting */
    T parse(Setting<?> setting, String text);

    /**
     * Returns a type.
     *
     * @param expected a description of the valid values for the error message
     * @param parser the conversion, which throws an {@link IllegalArgumentException} for an invalid value
     */
    static <T> SettingType<T> of(String expected, Function<String, T> parser) {
        return (setting, text) -> parse(setting, "is", text.strip(), expected, parser);
    }

    /** Returns the type of a list separated by commas. Empty elements are ignored. */
    static <T> SettingType<List<T>> listOf(String expected, Function<String, T> parser) {
        return (setting, text) -> Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .map(element -> parse(setting, "contains", element, expected, parser))
                .toList();
    }

    private static SettingType<String> matching(String regex, String expected) {
        return of(expected, text -> {
            require(text.matches(regex));
            return text;
        });
    }

    static SettingType<Integer> integer(int min, int max) {
        SettingType<Long> number = number(min, max);
        return (setting, text) -> Math.toIntExact(number.parse(setting, text));
    }

    static SettingType<Long> number(long min) {
        return number(min, Long.MAX_VALUE);
    }

    private static SettingType<Long> number(long min, long max) {
        return of("a whole number from " + min + " to " + max, text -> {
            long number = Long.parseLong(text);
            require(number >= min && number <= max);
            return number;
        });
    }

    static SettingType<Duration> duration(Duration max) {
        Pattern form = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
        Map<String, ChronoUnit> units = Map.of(
                "ms", ChronoUnit.MILLIS,
                "s", ChronoUnit.SECONDS,
                "m", ChronoUnit.MINUTES,
                "h", ChronoUnit.HOURS,
                "d", ChronoUnit.DAYS);
        return of("a duration such as 500ms, 15s, 5m or 1h, at most " + max.toDays() + 'd', text -> {
            Matcher matcher = form.matcher(text);
            require(matcher.matches());
            Duration duration = Duration.of(
                    Long.parseLong(matcher.group(1)), units.getOrDefault(matcher.group(2), ChronoUnit.DAYS));
            require(duration.compareTo(max) <= 0);
            return duration;
        });
    }

    /** Returns the type of a setting that has one of these values, written in lower case. */
    static <T> SettingType<T> choice(List<T> values) {
        Function<T, String> word = value -> value.toString().toLowerCase(Locale.ROOT);
        String expected = values.stream().map(word).collect(Collectors.joining("\" or \"", "\"", "\""));
        return of(
                expected,
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    /** Throws an exception without a message, which {@link #of} replaces. */
    static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    private static <T> T parse(
            Setting<?> setting, String verb, String text, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(setting, verb, text, expected);
        }
    }
}
