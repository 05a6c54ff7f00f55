package dev.courant.topic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.courant.urlpattern.LinearRegexp;
import dev.courant.urlpattern.PatternExcerpt;

/**
 * A variable in an expression of a URI template (RFC 6570, section 2.3).
 *
 * @param most how many characters a prefix has at most; 0 for all of the value
 * @param exploded whether a list in it stands as many values
 */
record TemplateVariable(String name, int most, boolean exploded) {

    private static final String CHARACTER = "(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})";
    private static final Pattern SYNTAX =
            Pattern.compile("(" + CHARACTER + "+(?:\\." + CHARACTER + "+)*)(?::([1-9][0-9]{0,3})|(\\*))?");

    /** Roughly what one piece of a value costs. */
    private static final int PIECE = 10;

    private static final int CHARACTER_COST = 36;

    /** @throws IllegalArgumentException if no variable is written so */
    static TemplateVariable parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no variable is written " + PatternExcerpt.of(text));
        }
        String most = matcher.group(2);
        return new TemplateVariable(
                matcher.group(1), most == null ? 0 : Integer.parseInt(most), matcher.group(3) != null);
    }

    /** Everything that it may expand to, if it has a value (section 3.2.1 and appendix A). */
    void append(TemplateOperator operator, LinearRegexp regexp) {
        if (exploded) {
            appendExploded(operator, regexp);
        } else if (operator.named) {
            regexp.literal(name);
            regexp.syntax(operator.ifEmpty.isEmpty() ? "(?:=" : "=");
            appendValue(operator, regexp, operator.ifEmpty.isEmpty());
            regexp.syntax(operator.ifEmpty.isEmpty() ? ")?" : "");
        } else {
            appendValue(operator, regexp, false);
        }
    }

    /** A text, or the items of a list between commas. A prefix is of a text only. */
    private void appendValue(TemplateOperator operator, LinearRegexp regexp, boolean some) {
        if (most == 0) {
            regexp.budget().spend(PIECE);
            regexp.syntax("(?:" + operator.piece() + "|,)" + (some ? "+" : "*"));
            return;
        }
        if (most > LinearRegexp.MOST_REPETITIONS) {
            throw new IllegalArgumentException(
                    "a prefix of more than " + LinearRegexp.MOST_REPETITIONS + " characters is too large");
        }
        regexp.budget().spend(CHARACTER_COST * most);
        regexp.syntax(operator.character() + (some ? "{1," : "{0,") + most + "}");
    }

    /** A text, the items of a list, or the pairs of a map, all of which a named one writes as pairs. */
    private void appendExploded(TemplateOperator operator, LinearRegexp regexp) {
        regexp.budget().spend(PIECE * 6);
        String value = operator.piece() + "*";
        String separator = "\\x{" + Integer.toHexString(operator.separator.charAt(0)) + "}";
        String pair = value + "=" + value;
        if (!operator.named) {
            regexp.syntax("(?:" + repeated(value, separator) + "|" + repeated(pair, separator) + ")");
        } else if (operator.ifEmpty.isEmpty()) {
            regexp.syntax(repeated("(?:" + value + "(?:=" + operator.piece() + "+)?)", separator));
        } else {
            regexp.syntax(repeated(pair, separator));
        }
    }

    private static String repeated(String item, String separator) {
        return item + "(?:" + separator + item + ")*";
    }
}
