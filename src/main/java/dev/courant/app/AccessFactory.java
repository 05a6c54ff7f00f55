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

/** What is made of the settings of access without a server, for the application and for {@link SettingsValidator}. */
final class AccessFactory {

    private AccessFactory() {}

    /** Makes all of it once, and closes what has to be closed. */
    static void check(Settings settings, String contextPath, ThreadFactory threads) {
        AccessSettings access = settings.access();
        HubAddress hub = hub(access, contextPath);
        CookieOriginCheck unusedPages = new CookieOriginCheck(hub.text(), AllowedOrigins.of(access.corsOrigins()));
        if (access.hasKeys()) {
            MercureProtocol dialect = MercureProtocols.of(
                    settings.mercure().legacy(), settings.mercure().tokenInQuery(), hub);
            try (VerificationKeys keys = keys(access, threads)) {
                TokenVerifier unusedVerifier =
                        new TokenVerifier(keys, dialect, access.issuer(), audience(access, hub), Clock.systemUTC());
            }
        }
    }

    static HubAddress hub(AccessSettings access, String contextPath) {
        try {
            return HubAddress.of(access.publicUrl(), contextPath);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "courant.public-url", String.valueOf(access.publicUrl()), String.valueOf(invalid.getMessage()));
        }
    }

    static VerificationKeys keys(AccessSettings access, ThreadFactory threads) {
        if (access.key() != null && access.jwks() != null) {
            throw new InvalidSettingException("Of courant.jwt.key and courant.jwt.jwks only one can be set");
        }
        String algorithms = access.algorithm() == null ? "" : access.algorithm();
        return access.key() != null
                ? VerificationKeys.of(access.key(), algorithms)
                : VerificationKeys.jwks(String.valueOf(access.jwks()), algorithms, threads);
    }

    /** Returns the address of the hub where no audience is set; {@code null} if neither is known. */
    static @Nullable String audience(AccessSettings access, HubAddress hub) {
        return access.audience() == null ? hub.text() : access.audience();
    }
}
