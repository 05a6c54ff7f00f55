package dev.courant.urlpattern;

import dev.courant.urlpattern.PatternToken.Lexeme;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A tokenizer of patterns (URL Pattern standard, section 2.1.2). Not thread-safe. */
final class PatternTokenizer {

    /** The characters that are not literal text in a pattern, unless they are escaped. */
    static final String SYNTAX = "+*?:{}()\\";

    /** One text for each ASCII character. Most tokens are one character, so sharing these saves much garbage. */
    private static final List<String> ASCII =
            IntStream.range(0, 0x80).mapToObj(Character::toString).toList();

    private final String input;
    private final boolean lenient;
    private final List<PatternToken> tokens;
    private int index;

    private PatternTokenizer(String input, boolean lenient) {
        this.input = input;
        this.lenient = lenient;
        this.tokens = new ArrayList<>(input.length() + 1);
    }

    /** Tokenizes a pattern and converts each malformed character to a token of the type INVALID_CHAR. */
    static List<PatternToken> tokenizeLeniently(String input) {
        return new PatternTokenizer(input, true).tokenize();
    }

    /** @throws IllegalArgumentException if the pattern is malformed */
    static List<PatternToken> tokenizeStrictly(String input) {
        return new PatternTokenizer(input, false).tokenize();
    }

    private List<PatternToken> tokenize() {
        while (index < input.length()) {
            int next = index + Character.charCount(input.codePointAt(index));
            switch (input.charAt(index)) {
                case '*' -> add(Lexeme.ASTERISK, index, next);
                case '+', '?' -> add(Lexeme.OTHER_MODIFIER, index, next);
                case '{' -> add(Lexeme.OPEN, index, next);
                case '}' -> add(Lexeme.CLOSE, index, next);
                case '\\' -> readEscape(next);
                case ':' -> readName(next);
                case '(' -> readRegexp(next);
                default -> add(Lexeme.CHAR, index, next);
            }
        }
        tokens.add(new PatternToken(Lexeme.END, index, ""));
        return tokens;
    }

    private void add(Lexeme type, int from, int to) {
        boolean shared = to == from + 1 && input.charAt(from) < ASCII.size();
        String value = shared ? ASCII.get(input.charAt(from)) : input.substring(from, to);
        tokens.add(new PatternToken(type, index, value));
        index = to;
    }

    private void handleError(int next, String message) {
        if (!lenient) {
            throw new IllegalArgumentException(message + ": " + PatternExcerpt.of(input.substring(index)));
        }
        add(Lexeme.INVALID_CHAR, index, next);
    }

    private void readEscape(int escaped) {
        if (escaped == input.length()) {
            handleError(escaped, "a backslash is not followed by a character");
        } else {
            add(Lexeme.ESCAPED_CHAR, escaped, escaped + Character.charCount(input.codePointAt(escaped)));
        }
    }

    private void readName(int start) {
        int end = start;
        while (end < input.length() && isNameCodePoint(input.codePointAt(end), end > start)) {
            end += Character.charCount(input.codePointAt(end));
        }
        if (end == start) {
            handleError(start, "a colon is not followed by a name; write a literal colon as '\\:'");
        } else {
            add(Lexeme.NAME, start, end);
        }
    }

    /** Returns true for a character that JavaScript permits in an identifier. */
    static boolean isNameCodePoint(int codePoint, boolean notFirst) {
        if (codePoint == '$' || codePoint == '_') {
            return true;
        }
        if (!notFirst) {
            return Character.isUnicodeIdentifierStart(codePoint);
        }
        return codePoint == 0x200C
                || codePoint == 0x200D
                || (Character.isUnicodeIdentifierPart(codePoint) && !Character.isIdentifierIgnorable(codePoint));
    }

    private void readRegexp(int start) {
        int depth = 1;
        int at = start;
        while (at < input.length() && depth > 0) {
            char c = input.charAt(at);
            if (c >= 0x80 || (at == start && c == '?')) {
                handleError(
                        start,
                        c >= 0x80 ? "a regular expression has a non-ASCII character" : "a group begins with '?'");
                return;
            }
            if (c == '\\') {
                at++;
                if (at == input.length() || input.charAt(at) >= 0x80) {
                    handleError(start, "a backslash in a regular expression is not followed by an ASCII character");
                    return;
                }
            } else if (c == '(') {
                depth++;
                if (at + 1 == input.length() || input.charAt(at + 1) != '?') {
                    handleError(start, "a nested group does not begin with '(?:'");
                    return;
                }
            } else if (c == ')') {
                depth--;
            }
            at++;
        }
        if (depth > 0 || at == start + 1) {
            handleError(start, depth > 0 ? "'(' has no matching ')'" : "a group is empty");
            return;
        }
        tokens.add(new PatternToken(Lexeme.REGEXP, index, input.substring(start, at - 1)));
        index = at;
    }
}
