package dev.courant.urlpattern;

/** The text of a regular expression, read from left to right. Not thread-safe. */
final class RegexpSource {

    private final String text;
    private int at;

    RegexpSource(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    /** @throws IllegalArgumentException at the end of the text */
    char next() {
        if (isAtEnd()) {
            throw error("it ends unexpectedly");
        }
        return text.charAt(at++);
    }

    boolean startsWith(String expected) {
        return text.startsWith(expected, at);
    }

    boolean skip(String expected) {
        boolean found = startsWith(expected);
        at += found ? expected.length() : 0;
        return found;
    }

    boolean contains(char c) {
        return text.indexOf(c, at) >= 0;
    }

    /** Returns the text before the next occurrence of a character, and skips both. */
    String readUntil(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw error("'" + end + "' is missing");
        }
        String taken = text.substring(at, found);
        at = found + 1;
        return taken;
    }

    /** Reads a number of exactly this many hexadecimal digits. */
    int readHexadecimal(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw error("a hexadecimal digit is missing");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /**
     * Reads a quantifier, or returns an empty text if there is none. Omits the question mark of a lazy quantifier: laziness makes
     * no difference, because the whole text must match.
     */
    String readQuantifier() {
        if (isAtEnd() || "*+?{".indexOf(peek()) < 0) {
            return "";
        }
        String quantifier = String.valueOf(next());
        if (quantifier.equals("{")) {
            quantifier += readUntil('}') + "}";
            if (!quantifier.matches("\\{[0-9]+(,[0-9]*)?}")
                    || minRepetitions(quantifier) > maxRepetitions(quantifier)) {
                throw error("'" + quantifier + "' is not a valid quantifier");
            }
        }
        skip("?");
        return quantifier;
    }

    /** Returns how many copies of the repeated term RE2 compiles: 3 for {@code {2,3}}, and 1 for {@code +}. */
    static int maxRepetitions(String quantifier) {
        if (!quantifier.startsWith("{")) {
            return 1;
        }
        String max = quantifier.substring(quantifier.indexOf(',') + 1, quantifier.length() - 1);
        return max.isEmpty() || quantifier.indexOf(',') < 0 ? minRepetitions(quantifier) : parseNumber(max);
    }

    private static int minRepetitions(String quantifier) {
        return parseNumber(quantifier.substring(1).split("[,}]", 2)[0]);
    }

    private static int parseNumber(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** Returns an exception to throw, whose message quotes the regular expression. */
    IllegalArgumentException error(String message) {
        return new IllegalArgumentException("in the regular expression " + PatternExcerpt.of(text) + ", " + message);
    }
}
