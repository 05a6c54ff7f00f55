package dev.courant.urlpattern;

/**
 * A lexical token of a pattern.
 *
 * @param index where it begins in the pattern
 * @param value the text it stands for: of a group, without its parentheses; of a name, without its colon
 */
record PatternToken(Lexeme type, int index, String value) {

    enum Lexeme {
        OPEN,
        CLOSE,
        REGEXP,
        NAME,
        CHAR,
        ESCAPED_CHAR,
        OTHER_MODIFIER,
        ASTERISK,
        END,
        INVALID_CHAR
    }

    /** Whether it stands for this text and nothing else. */
    boolean isText(String text) {
        return value.equals(text)
                && (type == Lexeme.CHAR || type == Lexeme.ESCAPED_CHAR || type == Lexeme.INVALID_CHAR);
    }
}
