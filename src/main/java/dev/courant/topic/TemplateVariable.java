package dev.courant.topic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.courant.urlpattern.LinearRegexp;
import dev.courant.urlpattern.PatternExcerpt;

/**
 * A variable in an expression of a URI template (RFC 6570, section 2.3). Immutable.
 *
 * @param maxLength the maximum length of the expansion in characters, as in {@code {name:3}}; 0 for the whole value
 * @param exploded whether each item of a list or map is expanded as a separate value, as in {@code {list*}}
 */
record TemplateVariable(String name, int maxLength, boolean exploded) {

    private static final String CHARACTER = "(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})";
    private static final Pattern SYNTAX =
            Pattern.compile("(" + CHARACTER + "+(?:\\." + CHARACTER + "+)*)(?::([1-9][0-9]{0,3})|(\\*))?");

    /** The approximate size of {@link TemplateOperator#octetRegexp} in instructions. */
    private static final int OCTET_COST = 10;

    /** The approximate size of {@link TemplateOperator#characterRegexp} in instructions. */
    private static final int CHARACTER_COST = 36;

    /** @throws IllegalArgumentException if the text is not a valid variable */
    static TemplateVariable parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(PatternExcerpt.of(text) + " is not a variable");
        }
        String maxLength = matcher.group(2);
        return new TemplateVariable(
                matcher.group(1), maxLength == null ? 0 : Integer.parseInt(maxLength), matcher.group(3) != null);
    }

    /** Appends a regular expression for all expansions of the variable with a value (section 3.2.1 and appendix A). */
    void appendTo(LinearRegexp regexp, TemplateOperator operator) {
        if (exploded) {
            appendExploded(operator, regexp);
        } else if (operator.named) {
            regexp.appendLiteral(name);
            regexp.appendSyntax(operator.ifEmpty.isEmpty() ? "(?:=" : "=");
            appendValue(operator, regexp, operator.ifEmpty.isEmpty());
            regexp.appendSyntax(operator.ifEmpty.isEmpty() ? ")?" : "");
        } else {
            appendValue(operator, regexp, false);
        }
    }

    /**
     * Appends a string, or the items of a list separated by commas. The maximum length of a prefix applies to strings
     * only.
     */
    private void appendValue(TemplateOperator operator, LinearRegexp regexp, boolean nonEmpty) {
        if (maxLength == 0) {
            regexp.budget().spend(OCTET_COST);
            regexp.appendSyntax("(?:" + operator.octetRegexp() + "|,)" + (nonEmpty ? "+" : "*"));
            return;
        }
        regexp.budget().spend(CHARACTER_COST * maxLength);
        regexp.appendSyntax(operator.characterRegexp() + (nonEmpty ? "{1," : "{0,") + maxLength + "}");
    }

    /**
     * Appends a string, the items of a list, or the pairs of a map. A named operator expands each item to a pair of a
     * name and a value.
     */
    private void appendExploded(TemplateOperator operator, LinearRegexp regexp) {
        regexp.budget().spend(OCTET_COST * 6);
        String value = operator.octetRegexp() + "*";
        String separator = "\\x{" + Integer.toHexString(operator.separator.charAt(0)) + "}";
        String pair = value + "=" + value;
        if (!operator.named) {
            regexp.appendSyntax("(?:" + repeat(value, separator) + "|" + repeat(pair, separator) + ")");
        } else if (operator.ifEmpty.isEmpty()) {
            regexp.appendSyntax(repeat("(?:" + value + "(?:=" + operator.octetRegexp() + "+)?)", separator));
        } else {
            regexp.appendSyntax(repeat(pair, separator));
        }
    }

    private static String repeat(String item, String separator) {
        return item + "(?:" + separator + item + ")*";
    }
}
