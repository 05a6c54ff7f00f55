package dev.courant.app;

import dev.courant.http.ClientAddressResolver;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A trial of all settings without a server. The launcher of the uber-jar loads this class out of the WAR and calls it
 * before it starts the server; it makes the same of the settings as the application does when it is deployed.
 */
public final class SettingsValidator {

    private SettingsValidator() {}

    /** Returns in one line what is wrong with a setting; {@code null} if nothing is. */
    public static @Nullable String run() {
        try {
            Settings settings = Settings.readWithoutWarnings();
            ClientAddressResolver unused = addresses(settings);
            // Keys at a URL are read by a thread of their own. This one reads nothing: the application will.
            AccessFactory.check(settings, "", task -> new Thread(() -> {}, "unused"));
            EventLogFactory.check(settings);
            return null;
        } catch (IllegalArgumentException | InvalidSettingException invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }

    static ClientAddressResolver addresses(Settings settings) {
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
