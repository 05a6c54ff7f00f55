package dev.courant.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reader that converts the values of a source to numbers, durations and words. A blank value counts as not set. Not
 * thread-safe.
 */
final class SettingsReader {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private final SettingsSource source;
    private final Set<String> readNames = new TreeSet<>();

    SettingsReader(SettingsSource source) {
        this.source = source;
    }

    String getText(String name, String defaultValue) {
        String text = getText(name);
        return text == null ? defaultValue : text;
    }

    long getNumber(String name, long defaultValue, long min, long max) {
        String text = getText(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The code below rejects it in the same way as a number out of range.
        }
        throw new InvalidSettingException(name, text, "a whole number from " + min + " to " + max);
    }

    Duration getDuration(String name, Duration defaultValue, Duration max) {
        Duration value = getDuration(name, max);
        return value == null ? defaultValue : value;
    }

    @Nullable
    Duration getDuration(String name, Duration max) {
        String text = getText(name);
        if (text == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidSettingException(name, text, "a duration such as 500ms, 15s, 5m, 1h or 7d");
        }
        ChronoUnit unit = UNITS.getOrDefault(matcher.group(2), ChronoUnit.SECONDS);
        Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit);
        if (duration.compareTo(max) > 0) {
            throw new InvalidSettingException(name, text, "at most " + max.toDays() + 'd');
        }
        return duration;
    }

    /**
     * Returns the names with Courant's prefix that no getter has read: most are misspelled. Call this after all
     * settings were read.
     */
    Set<String> findUnknownNames(Set<String> properties, Set<String> variables) {
        Set<String> unknown = new TreeSet<>();
        properties.stream()
                .filter(name -> name.startsWith("courant.") && !readNames.contains(name))
                .forEach(unknown::add);
        Set<String> known = readNames.stream().map(SettingsSource::toVariable).collect(Collectors.toSet());
        variables.stream()
                .filter(name -> name.startsWith("COURANT_") && !known.contains(name))
                .forEach(unknown::add);
        return unknown;
    }

    boolean getFlag(String name, boolean defaultValue) {
        return getChoice(name, defaultValue ? "true" : "false", defaultValue ? "false" : "true")
                .equals("true");
    }

    /**
     * Returns the value, which must be one of the words.
     *
     * @param words the valid values; the first is the default
     */
    String getChoice(String name, String... words) {
        String text = getText(name, words[0]).strip();
        for (String word : words) {
            if (word.equals(text)) {
                return text;
            }
        }
        throw new InvalidSettingException(name, text, '"' + String.join("\" or \"", words) + '"');
    }

    @Nullable
    String getText(String name) {
        readNames.add(name);
        String text = source.get(name);
        return text == null || text.isBlank() ? null : text;
    }
}
