package dev.courant.settings;

import java.util.Locale;

/**
 * A setting: a row of {@link SettingCatalogue} and of the tables in {@code docs/configuration.md}.
 *
 * @param name the name, as of a system property
 * @param type the conversion of a configured value
 * @param defaultValue the value if none is configured
 * @param description the effect, as the documentation describes it
 * @param secret whether error messages must omit the value
 */
public record Setting<T>(
        String name, SettingType<T> type, SettingDefault<T> defaultValue, String description, boolean secret) {

    T parse(String text) {
        return type.parse(this, text);
    }

    /** Returns the environment variable: {@code COURANT_WINDOW_MAX_EVENTS} for {@code courant.window.max-events}. */
    public String variable() {
        return toVariable(name);
    }

    static String toVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Returns the name, for messages. */
    @Override
    public String toString() {
        return name;
    }
}
