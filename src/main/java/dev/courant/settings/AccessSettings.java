package dev.courant.settings;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what, and from where.
 *
 * @param publicUrl the address of the application as clients know it
 * @param key an HMAC secret or a public key in PEM
 * @param jwks the address or file of a JSON Web Key Set
 * @param algorithm the signature algorithms that are taken, separated by commas
 * @param issuer who has to have issued a token
 * @param audience for whom a token has to be
 * @param subscribeAnonymous whether anyone may read public events
 * @param publishAnonymous patterns of the topics that anyone may publish to, separated by commas
 * @param corsOrigins whose pages may use the doors, separated by commas
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
        AccessSettings read = new AccessSettings(
                reader.text("courant.public-url"),
                reader.text("courant.jwt.key"),
                reader.text("courant.jwt.jwks"),
                reader.text("courant.jwt.algorithm"),
                reader.text("courant.jwt.issuer"),
                reader.text("courant.jwt.audience"),
                reader.flag("courant.subscribe.anonymous", true),
                reader.text("courant.publish.anonymous", ""),
                reader.text("courant.cors.origins", ""));
        read.check();
        return read;
    }

    private void check() {
        if (!hasKeys() && (algorithm != null || issuer != null)) {
            throw new InvalidSettingException("courant.jwt." + (algorithm != null ? "algorithm" : "issuer")
                    + " is set, but no key: set courant.jwt.key or courant.jwt.jwks too");
        }
        if (publishAnonymous.contains("***")) {
            throw new InvalidSettingException(
                    "courant.publish.anonymous", publishAnonymous, "patterns such as news/* or news/**");
        }
    }

    /** Whether tokens come from somewhere, and not from here. */
    public boolean hasKeys() {
        return key != null || jwks != null;
    }

    /** The key may be a secret. */
    @Override
    public String toString() {
        return "AccessSettings[publicUrl=" + publicUrl + ", issuer=" + issuer + ", audience=" + audience + "]";
    }
}
