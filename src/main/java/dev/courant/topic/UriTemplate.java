package dev.courant.topic;

import com.google.re2j.Pattern;
import dev.courant.event.TopicSelector;
import dev.courant.urlpattern.AsciiCharacters;
import dev.courant.urlpattern.LinearRegexp;
import dev.courant.urlpattern.PercentEncodeSet;
import dev.courant.urlpattern.RegexpBudget;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses topics by a URI template (RFC 6570): those that the template could expand to, and the one that is the very same
 * text (Mercure 0.x, section on topic selectors). Immutable but for what it remembers; equal to every template of the
 * same text.
 */
public final class UriTemplate implements TopicSelector {

    private static final String NO_LITERALS = "\"'%<>\\^`{|}";

    private final String template;
    private final Pattern regexp;
    private final MatchCache memo = new MatchCache();

    private final RegexpBudget budget;
    private final String prefix;

    private UriTemplate(String template, Pattern regexp, RegexpBudget budget) {
        this.template = template;
        this.regexp = regexp;
        this.budget = budget;
        int literal = 0;
        while (literal < template.length() && template.charAt(literal) != '{' && template.charAt(literal) < 0x80) {
            literal++;
        }
        prefix = template.substring(0, literal);
    }

    /** @throws IllegalArgumentException if it is no valid template, or one with too much in it to be matched quickly */
    public static UriTemplate of(String template) {
        try {
            LinearRegexp regexp = new LinearRegexp(new RegexpBudget());
            append(template, regexp);
            return new UriTemplate(template, regexp.compile(), regexp.budget());
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
                    throw new IllegalArgumentException("a brace '{' is not closed");
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

    /** Text outside ASCII stands encoded in an expansion (section 3.1); as it is, it is that of an IRI. */
    private static void appendLiteral(int codePoint, String rest, LinearRegexp regexp) {
        String character = Character.toString(codePoint);
        boolean octet =
                codePoint == '%' && rest.length() > 2 && isHexadecimal(rest.charAt(1)) && isHexadecimal(rest.charAt(2));
        if (!octet && (NO_LITERALS.indexOf(codePoint) >= 0 || !isPrinted(codePoint))) {
            throw new IllegalArgumentException("'" + character + "' stands in no URI: write it percent-encoded");
        }
        if (codePoint < 0x80) {
            regexp.literal(character);
        } else {
            String encoded = PercentEncodeSet.C0_CONTROL.encode(character);
            regexp.syntax("(?:").literal(character).syntax("|").literal(encoded).syntax(")");
        }
    }

    private static boolean isHexadecimal(char one) {
        return AsciiCharacters.digit(one, 16) >= 0;
    }

    private static boolean isPrinted(int codePoint) {
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
        // Any of the variables may have no value. The first that has one is preceded by something else than the others.
        regexp.syntax("(?:").literal(operator.first).syntax("(?:");
        for (int first = 0; first < variables.size(); first++) {
            regexp.syntax(first == 0 ? "" : "|");
            variables.get(first).append(operator, regexp);
            for (TemplateVariable later : variables.subList(first + 1, variables.size())) {
                regexp.syntax("(?:").literal(operator.separator);
                later.append(operator, regexp);
                regexp.syntax(")?");
            }
        }
        regexp.syntax("))?");
    }

    @Override
    public boolean matches(String topic) {
        return topic.startsWith(prefix) && (topic.equals(template) || memo.verdict(topic, regexp::matches));
    }

    /** A character outside ASCII may stand encoded in a topic, so the prefix ends before the first one. */
    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public int weight() {
        return budget.weight();
    }

    /** About how many instructions it keeps in memory. */
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
