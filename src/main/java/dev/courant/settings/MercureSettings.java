package dev.courant.settings;

/**
 * How the Mercure protocol is spoken.
 *
 * @param old whether in its version 0.x
 * @param subscriptions whether active subscriptions are kept and told
 * @param tokenInQuery whether a token may stand in an address, in 0.x
 */
public record MercureSettings(boolean old, boolean subscriptions, boolean tokenInQuery) {

    static MercureSettings from(SettingsReader reader) {
        return new MercureSettings(
                reader.choice("courant.mercure.dialect", "1.0", "0.x").equals("0.x"),
                reader.flag("courant.mercure.subscriptions", false),
                reader.flag("courant.mercure.token-in-query", false));
    }
}
