package dev.courant.urlpattern;

/**
 * A lexical token of a pattern. Immutable.
 *
 * @param index the index in the pattern at which the token begins
 * @param value the text of the token: a group without its parentheses, a name without its colon
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

    /** Returns true if the token is this literal text. */
    boolean isText(String text) {
        return value.equals(text)
                && (type == Lexeme.CHAR || type == Lexeme.ESCAPED_CHAR || type == Lexeme.INVALID_CHAR);
    }
}
