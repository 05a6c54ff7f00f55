package dev.courant.urlpattern;

/** The text of a regular expression, read from left to right. For one thread. */
final class RegexpSource {

    private final String text;
    private int at;

    RegexpSource(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    /** @throws IllegalArgumentException at the end */
    char next() {
        if (atEnd()) {
            throw refusal("it ends too early");
        }
        return text.charAt(at++);
    }

    boolean startsWith(String expected) {
        return text.startsWith(expected, at);
    }

    boolean skip(String expected) {
        boolean there = startsWith(expected);
        at += there ? expected.length() : 0;
        return there;
    }

    boolean has(char one) {
        return text.indexOf(one, at) >= 0;
    }

    /** What stands before a character, which is skipped. */
    String upTo(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw refusal("'" + end + "' is missing");
        }
        String taken = text.substring(at, found);
        at = found + 1;
        return taken;
    }

    /** So many hexadecimal digits, as a number. */
    int hexadecimal(int digits) {
        int value = 0;
        for (int each = 0; each < digits; each++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw refusal("a hexadecimal digit is missing");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /** A quantifier without the question mark that makes it lazy, which changes nothing for a whole match; or "". */
    String quantifier() {
        if (atEnd() || "*+?{".indexOf(peek()) < 0) {
            return "";
        }
        String quantifier = String.valueOf(next());
        if (quantifier.equals("{")) {
            quantifier += upTo('}') + "}";
            if (!quantifier.matches("\\{[0-9]+(,[0-9]*)?}") || least(quantifier) > mostOf(quantifier)) {
                throw refusal("'" + quantifier + "' is no number of repetitions");
            }
        }
        skip("?");
        return quantifier;
    }

    /** How often a quantifier writes out what it repeats. */
    static int mostOf(String quantifier) {
        if (!quantifier.startsWith("{")) {
            return 1;
        }
        String most = quantifier.substring(quantifier.indexOf(',') + 1, quantifier.length() - 1);
        return most.isEmpty() || quantifier.indexOf(',') < 0 ? least(quantifier) : number(most);
    }

    private static int least(String quantifier) {
        return number(quantifier.substring(1).split("[,}]", 2)[0]);
    }

    private static int number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    IllegalArgumentException refusal(String complaint) {
        return new IllegalArgumentException("in the regular expression " + PatternExcerpt.of(text) + " " + complaint);
    }
}
