package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternToken.Lexeme;
import java.util.ArrayList;
import java.util.List;

/** Cuts a pattern into tokens (URL Pattern standard, section 2.1.2). For one thread. */
final class PatternTokenizer {

    private final String input;
    private final boolean lenient;
    private final List<PatternToken> tokens = new ArrayList<>();
    private int index;

    private PatternTokenizer(String input, boolean lenient) {
        this.input = input;
        this.lenient = lenient;
    }

    /** Lenient: what is malformed becomes a token of its own, since only parts of the pattern are looked at. */
    static List<PatternToken> lenient(String input) {
        return new PatternTokenizer(input, true).read();
    }

    /** @throws IllegalArgumentException if something is malformed */
    static List<PatternToken> strict(String input) {
        return new PatternTokenizer(input, false).read();
    }

    private List<PatternToken> read() {
        while (index < input.length()) {
            int next = index + Character.charCount(input.codePointAt(index));
            switch (input.charAt(index)) {
                case '*' -> add(Lexeme.ASTERISK, index, next);
                case '+', '?' -> add(Lexeme.OTHER_MODIFIER, index, next);
                case '{' -> add(Lexeme.OPEN, index, next);
                case '}' -> add(Lexeme.CLOSE, index, next);
                case '\\' -> escape(next);
                case ':' -> name(next);
                case '(' -> regexp(next);
                default -> add(Lexeme.CHAR, index, next);
            }
        }
        tokens.add(new PatternToken(Lexeme.END, index, ""));
        return tokens;
    }

    private void add(Lexeme type, int from, int to) {
        tokens.add(new PatternToken(type, index, input.substring(from, to)));
        index = to;
    }

    private void malformed(int next, String complaint) {
        if (!lenient) {
            throw new IllegalArgumentException(complaint + ": " + PatternExcerpt.of(input.substring(index)));
        }
        add(Lexeme.INVALID_CHAR, index, next);
    }

    private void escape(int escaped) {
        if (escaped == input.length()) {
            malformed(escaped, "a backslash escapes nothing");
        } else {
            add(Lexeme.ESCAPED_CHAR, escaped, escaped + Character.charCount(input.codePointAt(escaped)));
        }
    }

    private void name(int start) {
        int end = start;
        while (end < input.length() && standsInName(input.codePointAt(end), end > start)) {
            end += Character.charCount(input.codePointAt(end));
        }
        if (end == start) {
            malformed(start, "a colon begins no name (a bare colon is written '\\:')");
        } else {
            add(Lexeme.NAME, start, end);
        }
    }

    /** What JavaScript allows in an identifier. */
    static boolean standsInName(int codePoint, boolean later) {
        if (codePoint == '$' || codePoint == '_') {
            return true;
        }
        if (!later) {
            return Character.isUnicodeIdentifierStart(codePoint);
        }
        return codePoint == 0x200C
                || codePoint == 0x200D
                || (Character.isUnicodeIdentifierPart(codePoint) && !Character.isIdentifierIgnorable(codePoint));
    }

    private void regexp(int start) {
        int depth = 1;
        int at = start;
        while (at < input.length() && depth > 0) {
            char one = input.charAt(at);
            if (one >= 0x80 || (at == start && one == '?')) {
                malformed(start, one >= 0x80 ? "a regular expression is in ASCII" : "a group begins with '?'");
                return;
            }
            if (one == '\\') {
                at++;
                if (at == input.length() || input.charAt(at) >= 0x80) {
                    malformed(start, "a backslash in a regular expression escapes nothing in ASCII");
                    return;
                }
            } else if (one == '(') {
                depth++;
                if (at + 1 == input.length() || input.charAt(at + 1) != '?') {
                    malformed(start, "a group within a group begins with '(?:'");
                    return;
                }
            } else if (one == ')') {
                depth--;
            }
            at++;
        }
        if (depth > 0 || at == start + 1) {
            malformed(start, depth > 0 ? "a parenthesis is not closed" : "a group is empty");
            return;
        }
        tokens.add(new PatternToken(Lexeme.REGEXP, index, input.substring(start, at - 1)));
        index = at;
    }
}
