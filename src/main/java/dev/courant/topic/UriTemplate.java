package dev.courant.topic;

import dev.courant.event.TopicSelector;
import dev.courant.urlpattern.AsciiCharacters;
import dev.courant.urlpattern.LazyPattern;
import dev.courant.urlpattern.LinearRegexp;
import dev.courant.urlpattern.PercentEncodeSet;
import dev.courant.urlpattern.RegexpBudget;
import java.util.List;
import java.util.stream.Stream;

/**
 * The selector for the topics that a URI template can expand to (RFC 6570). It also matches the template's own text (Mercure
 * 0.x, "Topic Selectors"). Equal to every selector of the same template. Thread-safe.
 */
public final class UriTemplate implements TopicSelector {

    /** The ASCII characters that are not literals (section 2.1). */
    private static final String NON_LITERALS = "\"'%<>\\^`{|}";

    private final String template;
    private final TopicCache<Boolean> matches;
    private final RegexpBudget budget;
    private final String prefix;

    private UriTemplate(String template, LazyPattern regexp, RegexpBudget budget) {
        this.template = template;
        matches = TopicCache.ofMatches(regexp::matches);
        this.budget = budget;
        int literal = 0;
        while (literal < template.length() && template.charAt(literal) != '{' && template.charAt(literal) < 0x80) {
            literal++;
        }
        prefix = template.substring(0, literal);
    }

    /** @throws IllegalArgumentException if the template is malformed, or too large to be matched quickly */
    public static UriTemplate of(String template) {
        try {
            LinearRegexp regexp = new LinearRegexp(new RegexpBudget());
            append(template, regexp);
            return new UriTemplate(template, regexp.build(), regexp.budget());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("in the URI template, " + malformed.getMessage(), malformed);
        }
    }

    private static void append(String template, LinearRegexp regexp) {
        int at = 0;
        while (at < template.length()) {
            if (template.charAt(at) == '{') {
                int end = template.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("'{' has no matching '}'");
                }
                appendExpression(template.substring(at + 1, end), regexp);
                at = end + 1;
            } else {
                int codePoint = template.codePointAt(at);
                appendLiteral(codePoint, template.substring(at), regexp);
                at += Character.charCount(codePoint);
            }
        }
    }

    /**
     * Appends a literal. A non-ASCII character matches itself, as in an IRI, and its percent-encoded form (section
     * 3.1).
     */
    private static void appendLiteral(int codePoint, String rest, LinearRegexp regexp) {
        String character = Character.toString(codePoint);
        boolean octet =
                codePoint == '%' && rest.length() > 2 && isHexadecimal(rest.charAt(1)) && isHexadecimal(rest.charAt(2));
        if (!octet && (NON_LITERALS.indexOf(codePoint) >= 0 || !isPrintable(codePoint))) {
            throw new IllegalArgumentException("'" + character + "' is not allowed in a URI; percent-encode it");
        }
        if (codePoint < 0x80) {
            regexp.appendLiteral(character);
        } else {
            String encoded = PercentEncodeSet.C0_CONTROL.encode(character);
            regexp.appendSyntax("(?:")
                    .appendLiteral(character)
                    .appendSyntax("|")
                    .appendLiteral(encoded)
                    .appendSyntax(")");
        }
    }

    private static boolean isHexadecimal(char character) {
        return AsciiCharacters.digit(character, 16) >= 0;
    }

    private static boolean isPrintable(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint > ' ' && type != Character.CONTROL && type != Character.SURROGATE;
    }

    private static void appendExpression(String expression, LinearRegexp regexp) {
        if (!expression.isEmpty() && "=,!@|".indexOf(expression.charAt(0)) >= 0) {
            throw new IllegalArgumentException("the operator '" + expression.charAt(0) + "' is reserved");
        }
        TemplateOperator operator = TemplateOperator.of(expression);
        List<TemplateVariable> variables = Stream.of(
                        expression.substring(operator.sign.length()).split(",", -1))
                .map(TemplateVariable::parse)
                .toList();
        // Any variable may be undefined. operator.first precedes the first variable that has a value, and
        // operator.separator precedes each later one.
        regexp.appendSyntax("(?:").appendLiteral(operator.first).appendSyntax("(?:");
        for (int first = 0; first < variables.size(); first++) {
            regexp.appendSyntax(first == 0 ? "" : "|");
            variables.get(first).appendTo(regexp, operator);
            for (TemplateVariable later : variables.subList(first + 1, variables.size())) {
                regexp.appendSyntax("(?:").appendLiteral(operator.separator);
                later.appendTo(regexp, operator);
                regexp.appendSyntax(")?");
            }
        }
        regexp.appendSyntax("))?");
    }

    @Override
    public boolean matches(String topic) {
        return topic.startsWith(prefix) && (topic.equals(template) || matches.get(topic));
    }

    /**
     * Returns the text before the first expression or non-ASCII character. A topic may contain that character
     * percent-encoded.
     */
    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public int weight() {
        return budget.weight();
    }

    /** Returns the approximate size of the compiled template in instructions. */
    int size() {
        return budget.spent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UriTemplate that && template.equals(that.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    @Override
    public String toString() {
        return template;
    }
}
