package dev.courant.settings;

/**
 * The limits on the patterns of open streams. A large pattern counts as several.
 *
 * @param max the maximum number for all streams; a pattern that several streams have counts once
 * @param maxPerAddress the maximum number for the streams of one client address; a pattern that several of them have
 *     counts for each
 */
public record PatternSettings(int max, int maxPerAddress) {

    private static final int DEFAULT_MAX = 20_000;
    private static final int DEFAULT_MAX_PER_ADDRESS = 2_000;
    private static final int UPPER_BOUND = 10_000_000;

    static PatternSettings from(SettingsReader reader) {
        return new PatternSettings((int) reader.getNumber("courant.patterns.max", DEFAULT_MAX, 1, UPPER_BOUND), (int)
                reader.getNumber("courant.patterns.max-per-address", DEFAULT_MAX_PER_ADDRESS, 1, UPPER_BOUND));
    }
}
