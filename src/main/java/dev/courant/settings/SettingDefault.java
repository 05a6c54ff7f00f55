package dev.courant.settings;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting that is not configured.
 *
 * @param text the value, as the documentation describes it
 * @param value returns the value, or {@code null} if there is none; it may depend on the settings above it in the
 *     catalogue
 */
record SettingDefault<T>(String text, BiFunction<Setting<T>, Settings, @Nullable T> value) {

    /** Returns a default that could also be configured. */
    static <T> SettingDefault<T> literal(String literal) {
        return new SettingDefault<>('`' + literal + '`', (setting, settings) -> setting.parse(literal));
    }

    static <T> SettingDefault<T> computed(String text, Function<Settings, @Nullable T> value) {
        return new SettingDefault<>(text, (setting, settings) -> value.apply(settings));
    }

    static <T> SettingDefault<T> sameAs(Setting<T> other) {
        return computed("the value for the whole window", settings -> settings.get(other));
    }

    static <T> SettingDefault<List<T>> emptyList() {
        return computed("none", settings -> List.of());
    }

    /** Returns the default of a setting without a value, described in other words than "none". */
    static <T> SettingDefault<T> absent(String text) {
        return computed(text, settings -> null);
    }

    /**
     * Returns one stream for each 40 KiB of heap, after 128 MiB for the server. A stream takes about 25 KB; the
     * remaining heap is for published events.
     */
    static SettingDefault<Integer> streamsOfHeap() {
        return computed("one for each 40 KiB of heap beyond 128 MiB", settings ->
                (int) Math.min(10_000_000, Math.max(1000, (settings.heapBytes() - (128 << 20)) / (40 << 10))));
    }

    static SettingDefault<Integer> numberOfCores() {
        return computed(
                "the number of cores",
                settings -> Math.min(64, Runtime.getRuntime().availableProcessors()));
    }

    static <T> SettingDefault<T> none() {
        return absent("none");
    }
}
