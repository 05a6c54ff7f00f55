package dev.courant.urlpattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The regular expression of a group. RE2/J receives it unchanged, because this class accepts only syntax that has the same
 * meaning in JavaScript with the flag {@code v}. The engines agree on printable ASCII characters; a canonical URL has no others.
 */
final class RegexpGroup {

    private static final int NOT_REPEATABLE = -1;

    private static final String SET = "\\\\[dDsSwW]";
    private static final String ESCAPE = "\\\\[fnrtv^$.*+?|/(){}\\[\\]\\\\]|\\\\x[0-9A-Fa-f]{2}";
    private static final String MEMBER = "(?:[^-|/(){}\\[\\]\\\\]|" + ESCAPE + "|\\\\[-&!#%,:;<=>@`~])";
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,3})";

    private static final Pattern TOKEN = Pattern.compile("(?<open>\\(\\?:)|(?<close>\\))|[|^$]|\\\\[bB]"
            + ("|(?<quantifier>(?:[*+?]|\\{(?<min>" + NUMBER + ")(?:,(?<max>" + NUMBER + ")?)?})\\??)")
            + ("|(?<atom>[^(){}\\[\\]\\\\]|" + ESCAPE + "|" + SET)
            + ("|\\[\\^?+(?:" + MEMBER + "(?:-" + MEMBER + ")?|" + SET + ")++])"));

    /** A class with two punctuation characters that JavaScript reserves for operations on classes. */
    private static final Pattern RESERVED = Pattern.compile("(?s)\\[\\^?+.*([&!#$%*+,.:;<=>?@^`~])\\1.*");

    /** Syntax that is rejected, and the reason. The first entry that the rest of an expression begins with applies. */
    private static final String[][] REASONS = {
        {"\\(\\?<?[=!]", "lookahead and lookbehind are not supported"},
        {"\\(\\?<", "named groups are not supported; use '(?:'"},
        {"\\(", "a nested group that does not begin with '(?:' is not supported"},
        {"\\{", "this is not a valid quantifier, or it is not supported"},
        {"[}\\]]", "a literal '}' or ']' must be escaped with a backslash"},
        {"\\\\[1-9k]", "backreferences are not supported"},
        {"\\\\[pP]", "properties are not supported; a URL is in ASCII, so use a class such as [A-Z]"},
        {"\\\\", "this is not a valid escape sequence, or it is not supported"},
        {"\\[\\^?]", "empty classes are not supported"},
        {"\\[[^\\]]*--", "subtraction of classes is not supported"},
        {"\\[[^\\]]*&&", "intersection of classes is not supported"},
        {"\\[[^\\]]*\\[", "nested classes are not supported"},
        {"", "the class is malformed or not supported; in it, escape ( ) [ ] { } / - | and doubled punctuation"}
    };

    private RegexpGroup() {}

    /**
     * Appends an expression.
     *
     * @param regexp the expression; {@link PatternTokenizer} has checked that its parentheses match
     */
    static void append(String regexp, LinearRegexp out) {
        RegexpBudget budget = out.budget();
        Deque<Integer> groups = new ArrayDeque<>();
        int repeatable = NOT_REPEATABLE;
        Matcher token = TOKEN.matcher(regexp);
        for (int at = 0; at < regexp.length(); at = token.end()) {
            if (!token.region(at, regexp.length()).lookingAt()) {
                throw reject(regexp.substring(at));
            }
            if (regexp.charAt(at) == '[') {
                checkClass(token.group(), regexp.substring(at));
            }
            int before = budget.spent();
            out.appendSyntax(token.group());
            if (token.start("close") >= 0) {
                repeatable = groups.pop();
            } else if (token.start("quantifier") >= 0) {
                if (repeatable == NOT_REPEATABLE) {
                    throw error("a quantifier follows nothing that can be repeated", token.group());
                }
                budget.spend(countCopies(token) * (before - repeatable + 1));
                repeatable = NOT_REPEATABLE;
            } else {
                if (token.start("open") >= 0) {
                    groups.push(before);
                }
                repeatable = token.start("atom") >= 0 ? before : NOT_REPEATABLE;
            }
        }
    }

    private static void checkClass(String text, String rest) {
        if (RESERVED.matcher(text).matches()) {
            throw reject(rest);
        }
        if (text.contains("-")) {
            // RE2/J throws an exception if the ends of a range are in the wrong order.
            new LazyPattern(text).compile();
        }
    }

    /** Returns how many copies of the repeated term RE2/J compiles: 3 for {@code {2,3}}, and 1 for {@code +}. */
    private static int countCopies(Matcher quantifier) {
        if (quantifier.start("min") < 0) {
            return 1;
        }
        int min = Integer.parseInt(quantifier.group("min"));
        int max = quantifier.start("max") < 0 ? min : Integer.parseInt(quantifier.group("max"));
        if (max < min) {
            throw error("the minimum of a quantifier exceeds its maximum", quantifier.group());
        }
        return max;
    }

    private static IllegalArgumentException reject(String rest) {
        return Stream.of(REASONS)
                .filter(each -> Pattern.compile(each[0]).matcher(rest).lookingAt())
                .findFirst()
                .map(each -> error(each[1], rest))
                .orElseThrow();
    }

    private static IllegalArgumentException error(String reason, String rest) {
        return new IllegalArgumentException("in the regular expression, " + reason + ": " + PatternExcerpt.of(rest));
    }
}
