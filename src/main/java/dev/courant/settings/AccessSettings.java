package dev.courant.settings;

import org.jspecify.annotations.Nullable;

/**
 * The settings of tokens, anonymous access and origins.
 *
 * @param publicUrl the URL at which clients reach the application
 * @param key an HMAC secret or a public key in PEM
 * @param jwks the URL or file of a JSON Web Key Set
 * @param algorithm the accepted signature algorithms, separated by commas
 * @param issuer the required {@code iss} of a token
 * @param audience the required {@code aud} of a token
 * @param subscribeAnonymous whether clients may read public events without a token
 * @param publishAnonymous patterns of the topics to which clients may publish without a token, separated by commas
 * @param corsOrigins the origins whose pages may subscribe and publish, separated by commas
 */
public record AccessSettings(
        @Nullable String publicUrl,
        @Nullable String key,
        @Nullable String jwks,
        @Nullable String algorithm,
        @Nullable String issuer,
        @Nullable String audience,
        boolean subscribeAnonymous,
        String publishAnonymous,
        String corsOrigins) {

    static AccessSettings from(SettingsReader reader) {
        AccessSettings settings = new AccessSettings(
                reader.getText("courant.public-url"),
                reader.getText("courant.jwt.key"),
                reader.getText("courant.jwt.jwks"),
                reader.getText("courant.jwt.algorithm"),
                reader.getText("courant.jwt.issuer"),
                reader.getText("courant.jwt.audience"),
                reader.getFlag("courant.subscribe.anonymous", true),
                reader.getText("courant.publish.anonymous", ""),
                reader.getText("courant.cors.origins", ""));
        settings.check();
        return settings;
    }

    private void check() {
        if (!hasKeys() && (algorithm != null || issuer != null)) {
            throw new InvalidSettingException("courant.jwt." + (algorithm != null ? "algorithm" : "issuer")
                    + " is set, but no key. Set courant.jwt.key or courant.jwt.jwks.");
        }
        if (publishAnonymous.contains("***")) {
            throw new InvalidSettingException(
                    "courant.publish.anonymous", publishAnonymous, "a list of patterns such as news/* or news/**");
        }
    }

    /** Returns whether the operator configured keys; otherwise the application creates a random key. */
    public boolean hasKeys() {
        return key != null || jwks != null;
    }

    /** Omits the key, which may be a secret. */
    @Override
    public String toString() {
        return "AccessSettings[publicUrl=" + publicUrl + ", issuer=" + issuer + ", audience=" + audience + "]";
    }
}
