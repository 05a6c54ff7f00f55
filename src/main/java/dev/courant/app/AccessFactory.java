package dev.courant.app;

import static dev.courant.settings.SettingCatalogue.JWT_ALGORITHM;
import static dev.courant.settings.SettingCatalogue.JWT_JWKS;
import static dev.courant.settings.SettingCatalogue.JWT_KEY;

import dev.courant.auth.VerificationKeys;
import dev.courant.settings.Settings;
import java.util.concurrent.ThreadFactory;

/** A factory for the configured keys, used by the application and {@link SettingsValidator}. */
final class AccessFactory {

    private AccessFactory() {}

    /**
     * Returns the keys that the operator configured.
     *
     * @throws IllegalArgumentException if a key or an algorithm is invalid
     */
    static VerificationKeys createKeys(Settings settings, ThreadFactory threads) {
        String key = settings.find(JWT_KEY);
        String algorithms = settings.isSet(JWT_ALGORITHM) ? settings.get(JWT_ALGORITHM) : "";
        return key != null
                ? VerificationKeys.of(key, algorithms)
                : VerificationKeys.jwks(settings.get(JWT_JWKS), algorithms, threads);
    }
}
