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

/** Turns what a source says into numbers and durations, or says what is wrong with it. Empty is as good as not set. */
final class SettingsReader {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private final SettingsSource source;
    private final Set<String> asked = new TreeSet<>();

    SettingsReader(SettingsSource source) {
        this.source = source;
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    long number(String name, long otherwise, long least, long most) {
        String text = text(name);
        if (text == null) {
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

    Duration duration(String name, Duration otherwise, Duration most) {
        Duration set = duration(name, most);
        return set == null ? otherwise : set;
    }

    @Nullable
    Duration duration(String name, Duration most) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Matcher form = DURATION.matcher(text.strip());
        if (!form.matches()) {
            throw new InvalidSettingException(name, text, "a time as in 500ms, 15s, 5m, 1h or 7d");
        }
        ChronoUnit unit = UNITS.getOrDefault(form.group(2), ChronoUnit.SECONDS);
        Duration duration = Duration.of(Long.parseLong(form.group(1)), unit);
        if (duration.compareTo(most) > 0) {
            throw new InvalidSettingException(name, text, most.toDays() + "d at most");
        }
        return duration;
    }

    /** What looks like a setting of ours but is none: a slip of the pen, mostly. */
    Set<String> unasked(Set<String> properties, Set<String> variables) {
        Set<String> unasked = new TreeSet<>();
        properties.stream()
                .filter(name -> name.startsWith("courant.") && !asked.contains(name))
                .forEach(unasked::add);
        Set<String> known = asked.stream().map(SettingsSource::variable).collect(Collectors.toSet());
        variables.stream()
                .filter(name -> name.startsWith("COURANT_") && !known.contains(name))
                .forEach(unasked::add);
        return unasked;
    }

    boolean flag(String name, boolean otherwise) {
        return choice(name, otherwise ? "true" : "false", otherwise ? "false" : "true")
                .equals("true");
    }

    /** One of some words, the first of which stands for none. */
    String choice(String name, String... words) {
        String text = text(name, words[0]).strip();
        for (String word : words) {
            if (word.equals(text)) {
                return text;
            }
        }
        throw new InvalidSettingException(name, text, String.join(" or ", words));
    }

    @Nullable
    String text(String name) {
        asked.add(name);
        String text = source.get(name);
        return text == null || text.isBlank() ? null : text;
    }
}
