package dev.courant.settings;

/**
 * How many patterns the open streams may have. One of more than ordinary size counts as several.
 *
 * @param max in all, where a pattern that several streams have counts once
 * @param maxPerAddress from one address, where it counts once for each stream
 */
public record PatternSettings(int max, int maxPerAddress) {

    private static final int MAX = 20_000;
    private static final int MAX_PER_ADDRESS = 2_000;
    private static final int LIMIT = 10_000_000;

    static PatternSettings from(SettingsReader reader) {
        return new PatternSettings((int) reader.number("courant.patterns.max", MAX, 1, LIMIT), (int)
                reader.number("courant.patterns.max-per-address", MAX_PER_ADDRESS, 1, LIMIT));
    }
}
