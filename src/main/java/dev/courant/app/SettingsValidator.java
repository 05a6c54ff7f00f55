package dev.courant.app;

import dev.courant.http.ClientAddressResolver;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A check of all settings without a server. The launcher of the uber-jar loads this class from the WAR and calls it
 * before it starts the server. It creates the same objects from the settings as the application does at deployment.
 */
public final class SettingsValidator {

    private SettingsValidator() {}

    /** Returns a message of one line about the first invalid setting, or {@code null} if all are valid. */
    public static @Nullable String findProblem() {
        try {
            Settings settings = Settings.readWithoutWarnings();
            ClientAddressResolver unused = createAddressResolver(settings);
            // The factory would start a thread that fetches the keys of courant.jwt.jwks. This thread does nothing,
            // because the application fetches them later.
            AccessFactory.check(settings, "", task -> new Thread(() -> {}, "unused"));
            EventLogFactory.check(settings);
            return null;
        } catch (IllegalArgumentException | InvalidSettingException invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }

    static ClientAddressResolver createAddressResolver(Settings settings) {
        try {
            return ClientAddressResolver.of(settings.proxies());
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "courant.proxies",
                    settings.proxies(),
                    "a list of addresses and networks such as 10.0.0.0/8, separated by commas");
        }
    }
}
