package dev.courant.urlpattern;

/**
 * A part of a pattern: fixed text, or a group with a prefix and a suffix. Both can be optional or repeated. Immutable.
 *
 * @param value the fixed text, the regular expression of a {@link Kind#REGEXP} group, or an empty text
 * @param modifier {@code ?}, {@code *}, {@code +} or an empty text
 */
record PatternPart(Kind kind, String value, String modifier, String prefix, String suffix) {

    enum Kind {
        FIXED_TEXT,
        REGEXP,
        SEGMENT_WILDCARD,
        FULL_WILDCARD
    }

    static PatternPart ofFixedText(String text, String modifier) {
        return new PatternPart(Kind.FIXED_TEXT, text, modifier, "", "");
    }

    /** Returns true if the part matches its fixed text once. */
    boolean isLiteral() {
        return kind == Kind.FIXED_TEXT && modifier.isEmpty();
    }

    boolean isRepeated() {
        return modifier.equals("*") || modifier.equals("+");
    }
}
