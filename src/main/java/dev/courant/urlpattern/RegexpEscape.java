package dev.courant.urlpattern;

import org.jspecify.annotations.Nullable;

/** What follows a backslash in a regular expression of JavaScript with the flag {@code v}. */
final class RegexpEscape {

    private static final String SYNTAX = "^$\\.*+?()[]{}|/";
    private static final int REPLACEMENT = 0xFFFD;
    private static final int COST_OF_PROPERTY = 50;

    private RegexpEscape() {}

    /** Writes it; whether it can be repeated. */
    static boolean translate(RegexpSource source, LinearRegexp out) {
        if (source.startsWith("b") || source.startsWith("B")) {
            out.syntax("\\" + source.next());
            return false;
        }
        String set = set(source, out);
        out.syntax(set == null ? LinearRegexp.character(character(source, "")) : set);
        return true;
    }

    /** A set of characters, or null if a single one stands here. */
    static @Nullable String set(RegexpSource source, LinearRegexp out) {
        if (source.atEnd()) {
            throw source.refusal("a backslash escapes nothing");
        }
        char one = source.peek();
        if ("dDwWsS".indexOf(one) >= 0) {
            return "\\" + source.next();
        }
        if (one != 'p' && one != 'P') {
            return null;
        }
        source.next();
        if (!source.skip("{")) {
            throw source.refusal("'{' is missing after '\\" + one + "'");
        }
        String property = source.upTo('}');
        // General categories, by their short names: the properties that both engines have.
        if (!property.matches("L|L[ultmo]|M|M[nce]|N|N[dlo]|P|P[cdseifo]|S|S[mcko]|Z|Z[slp]|C|C[cfo]")) {
            throw source.refusal("the property '" + property + "' is not supported");
        }
        out.budget().spend(COST_OF_PROPERTY);
        return "\\" + one + "{" + property + "}";
    }

    /**
     * The character that an escape stands for.
     *
     * @param others what may be escaped here besides the characters of the syntax
     */
    static int character(RegexpSource source, String others) {
        char one = source.next();
        if (SYNTAX.indexOf(one) >= 0 || others.indexOf(one) >= 0) {
            return one;
        }
        return switch (one) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case '0' -> nul(source);
            case 'c' -> control(source);
            case 'x' -> source.hexadecimal(2);
            case 'u' -> unicode(source);
            default ->
                throw source.refusal(
                        one == 'k' || AsciiCharacters.isDigit(one)
                                ? "references back are not supported"
                                : "'\\" + one + "' has no meaning");
        };
    }

    private static int nul(RegexpSource source) {
        if (!source.atEnd() && AsciiCharacters.isDigit(source.peek())) {
            throw source.refusal("'\\0' is followed by a digit");
        }
        return 0;
    }

    private static int control(RegexpSource source) {
        char letter = source.next();
        if (!AsciiCharacters.isLetter(letter)) {
            throw source.refusal("'\\c' is followed by no letter");
        }
        return letter % 32;
    }

    /** Half of a surrogate pair is in no URL, as little as U+FFFD, which RE2 can say. */
    private static int unicode(RegexpSource source) {
        int codePoint;
        if (source.skip("{")) {
            String digits = source.upTo('}').replaceFirst("^0+(?=.)", "");
            codePoint = digits.matches("[0-9A-Fa-f]{1,6}") ? Integer.parseInt(digits, 16) : Integer.MAX_VALUE;
        } else {
            codePoint = source.hexadecimal(4);
        }
        if (codePoint > Character.MAX_CODE_POINT) {
            throw source.refusal("'\\u{' is followed by no code point");
        }
        return codePoint <= 0xFFFF && Character.isSurrogate((char) codePoint) ? REPLACEMENT : codePoint;
    }
}
