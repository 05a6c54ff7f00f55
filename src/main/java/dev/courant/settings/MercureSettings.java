package dev.courant.settings;

/**
 * The settings of the Mercure protocol.
 *
 * @param legacy whether clients use version 0.x of the protocol
 * @param subscriptions whether clients can list, follow and end active subscriptions
 * @param tokenInQuery whether version 0.x accepts a token in the URL
 */
public record MercureSettings(boolean legacy, boolean subscriptions, boolean tokenInQuery) {

    static MercureSettings from(SettingsReader reader) {
        return new MercureSettings(
                reader.getChoice("courant.mercure.dialect", "1.0", "0.x").equals("0.x"),
                reader.getFlag("courant.mercure.subscriptions", false),
                reader.getFlag("courant.mercure.token-in-query", false));
    }
}
