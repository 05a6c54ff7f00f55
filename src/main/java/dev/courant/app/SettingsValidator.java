package dev.courant.app;

import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A check of all settings without a server. The launcher of the uber-jar loads this class from the WAR and calls it
 * before it starts the server. It reads the settings as the
 * application does at deployment, and also checks that the keys can be used and the log opened.
 */
public final class SettingsValidator {

    private SettingsValidator() {}

    /** Returns a message of one line about the first invalid setting, or {@code null} if all are valid. */
    public static @Nullable String findProblem() {
        try {
            Settings settings = Settings.readWithoutWarnings();
            if (settings.hasKeys()) {
                // The factory would start a thread that fetches a remote key set. This thread does nothing, because the
                // application fetches the keys later.
                AccessFactory.createKeys(settings, task -> new Thread(() -> {}, "unused"))
                        .close();
            }
            EventLogFactory.check(settings);
            return null;
        } catch (IllegalArgumentException | InvalidSettingException invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }
}
