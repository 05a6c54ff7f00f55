package dev.courant.urlpattern;

/**
 * A piece of a pattern: fixed text, or a group between a prefix and a suffix; both may be optional or repeated.
 *
 * @param value the fixed text, or the regular expression of a group of that kind
 * @param modifier one of {@code ?}, {@code *}, {@code +} and the empty text
 */
record PatternPart(Kind kind, String value, String modifier, String prefix, String suffix) {

    enum Kind {
        FIXED_TEXT,
        REGEXP,
        SEGMENT_WILDCARD,
        FULL_WILDCARD
    }

    static PatternPart fixed(String text, String modifier) {
        return new PatternPart(Kind.FIXED_TEXT, text, modifier, "", "");
    }

    boolean repeats() {
        return modifier.equals("*") || modifier.equals("+");
    }
}
