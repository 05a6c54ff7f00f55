package dev.courant.urlpattern;

import org.jspecify.annotations.Nullable;

/**
 * A translator of an escape sequence of a JavaScript regular expression with the flag {@code v} to the syntax of RE2.
 * It starts after the backslash.
 */
final class RegexpEscape {

    private static final String SYNTAX = "^$\\.*+?()[]{}|/";
    private static final int REPLACEMENT = 0xFFFD;
    private static final int PROPERTY_COST = 50;

    private RegexpEscape() {}

    /** Translates an escape sequence and returns true if it can be repeated. */
    static boolean translate(RegexpSource source, LinearRegexp out) {
        if (source.startsWith("b") || source.startsWith("B")) {
            out.appendSyntax("\\" + source.next());
            return false;
        }
        String set = parseSet(source, out);
        out.appendSyntax(set == null ? LinearRegexp.escape(parseCharacter(source, "")) : set);
        return true;
    }

    /** Returns the syntax for a character set, {@code null} if the sequence is a single character. */
    static @Nullable String parseSet(RegexpSource source, LinearRegexp out) {
        if (source.isAtEnd()) {
            throw source.error("a backslash is not followed by a character");
        }
        char c = source.peek();
        if ("dDwWsS".indexOf(c) >= 0) {
            return "\\" + source.next();
        }
        if (c != 'p' && c != 'P') {
            return null;
        }
        source.next();
        if (!source.skip("{")) {
            throw source.error("'{' is missing after '\\" + c + "'");
        }
        String property = source.readUntil('}');
        // Both engines support the general categories by their short names, and no other property.
        if (!property.matches("L|L[ultmo]|M|M[nce]|N|N[dlo]|P|P[cdseifo]|S|S[mcko]|Z|Z[slp]|C|C[cfo]")) {
            throw source.error("the property '" + property + "' is not supported");
        }
        out.budget().spend(PROPERTY_COST);
        return "\\" + c + "{" + property + "}";
    }

    /**
     * Returns the character of an escape sequence.
     *
     * @param additional the characters that can be escaped here in addition to syntax characters
     */
    static int parseCharacter(RegexpSource source, String additional) {
        char c = source.next();
        if (SYNTAX.indexOf(c) >= 0 || additional.indexOf(c) >= 0) {
            return c;
        }
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case '0' -> parseNul(source);
            case 'c' -> parseControl(source);
            case 'x' -> source.readHexadecimal(2);
            case 'u' -> parseUnicode(source);
            default ->
                throw source.error(
                        c == 'k' || AsciiCharacters.isDigit(c)
                                ? "backreferences are not supported"
                                : "'\\" + c + "' is not a valid escape sequence");
        };
    }

    private static int parseNul(RegexpSource source) {
        if (!source.isAtEnd() && AsciiCharacters.isDigit(source.peek())) {
            throw source.error("'\\0' is followed by a digit");
        }
        return 0;
    }

    private static int parseControl(RegexpSource source) {
        char letter = source.next();
        if (!AsciiCharacters.isLetter(letter)) {
            throw source.error("'\\c' is not followed by a letter");
        }
        return letter % 32;
    }

    /** Replaces an unpaired surrogate, which RE2 does not support, with U+FFFD. Neither occurs in a URL. */
    private static int parseUnicode(RegexpSource source) {
        int codePoint;
        if (source.skip("{")) {
            String digits = source.readUntil('}').replaceFirst("^0+(?=.)", "");
            codePoint = digits.matches("[0-9A-Fa-f]{1,6}") ? Integer.parseInt(digits, 16) : Integer.MAX_VALUE;
        } else {
            codePoint = source.readHexadecimal(4);
        }
        if (codePoint > Character.MAX_CODE_POINT) {
            throw source.error("'\\u{' is not followed by a code point");
        }
        return codePoint <= 0xFFFF && Character.isSurrogate((char) codePoint) ? REPLACEMENT : codePoint;
    }
}
