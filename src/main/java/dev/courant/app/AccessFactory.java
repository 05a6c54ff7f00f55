package dev.courant.app;

import dev.courant.auth.CookieOriginCheck;
import dev.courant.auth.TokenVerifier;
import dev.courant.auth.VerificationKeys;
import dev.courant.http.AllowedOrigins;
import dev.courant.mercure.HubAddress;
import dev.courant.mercure.MercureProtocol;
import dev.courant.mercure.MercureProtocols;
import dev.courant.settings.AccessSettings;
import dev.courant.settings.InvalidSettingException;
import dev.courant.settings.Settings;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A factory for the parts of access control that need no server, used by the application and {@link SettingsValidator}.
 */
final class AccessFactory {

    private AccessFactory() {}

    /**
     * Checks the settings: creates all parts from them and closes the parts again.
     *
     * @throws InvalidSettingException if a setting is invalid, such as the URL of the hub
     * @throws IllegalArgumentException if a key, an algorithm or an origin is invalid
     */
    static void check(Settings settings, String contextPath, ThreadFactory threads) {
        AccessSettings access = settings.access();
        HubAddress hub = createHubAddress(access, contextPath);
        CookieOriginCheck unusedCheck =
                new CookieOriginCheck(hub.absoluteUrl(), AllowedOrigins.of(access.corsOrigins()));
        if (access.hasKeys()) {
            MercureProtocol protocol = MercureProtocols.of(
                    settings.mercure().legacy(), settings.mercure().tokenInQuery(), hub);
            try (VerificationKeys keys = createKeys(access, threads)) {
                TokenVerifier unusedVerifier = new TokenVerifier(
                        keys, protocol, access.issuer(), findAudience(access, hub), Clock.systemUTC());
            }
        }
    }

    static HubAddress createHubAddress(AccessSettings access, String contextPath) {
        try {
            return HubAddress.of(access.publicUrl(), contextPath);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "courant.public-url", String.valueOf(access.publicUrl()), String.valueOf(invalid.getMessage()));
        }
    }

    static VerificationKeys createKeys(AccessSettings access, ThreadFactory threads) {
        if (access.key() != null && access.jwks() != null) {
            throw new InvalidSettingException("courant.jwt.key and courant.jwt.jwks are both set. Remove one of them.");
        }
        String algorithms = access.algorithm() == null ? "" : access.algorithm();
        return access.key() != null
                ? VerificationKeys.of(access.key(), algorithms)
                : VerificationKeys.jwks(String.valueOf(access.jwks()), algorithms, threads);
    }

    /**
     * Returns the required {@code aud} of tokens: the configured one, otherwise the URL of the hub, {@code null} if
     * neither is known.
     */
    static @Nullable String findAudience(AccessSettings access, HubAddress hub) {
        return access.audience() == null ? hub.absoluteUrl() : access.audience();
    }
}
