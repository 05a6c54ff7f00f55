package dev.courant.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a source says into numbers and durations, or says what is wrong with it. */
record SettingsReader(Source source) {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    long number(String name, long otherwise, long least, long most) {
        String text = source.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The same answer as for one out of range.
        }
        throw new InvalidSettingException(name, text, "a whole number from " + least + " to " + most);
    }

    Duration duration(String name, Duration otherwise) {
        String text = source.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        Matcher form = DURATION.matcher(text.strip());
        if (!form.matches()) {
            throw new InvalidSettingException(name, text, "a time as in 500ms, 15s, 5m, 1h or 7d");
        }
        ChronoUnit unit = UNITS.getOrDefault(form.group(2), ChronoUnit.SECONDS);
        Duration duration = Duration.of(Long.parseLong(form.group(1)), unit);
        if (duration.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new InvalidSettingException(name, text, "100 years at most");
        }
        return duration;
    }
}
