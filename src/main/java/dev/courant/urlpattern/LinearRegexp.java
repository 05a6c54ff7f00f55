package dev.courant.urlpattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression of RE2 in the making: what matches it is found in time linear in the text. For one thread. */
public final class LinearRegexp {

    /** What RE2 takes in one quantifier. */
    public static final int MAX_REPETITIONS = 1_000;

    private final StringBuilder text = new StringBuilder();
    private final RegexpBudget budget;

    public LinearRegexp(RegexpBudget budget) {
        this.budget = budget;
    }

    public RegexpBudget budget() {
        return budget;
    }

    /** Syntax, which costs one. */
    public LinearRegexp syntax(String syntax) {
        budget.spend(1);
        text.append(syntax);
        return this;
    }

    /** Text that stands for itself. */
    public LinearRegexp literal(String literal) {
        budget.spend(literal.length());
        literal.codePoints().forEach(each -> text.append(character(each)));
        return this;
    }

    /** @throws IllegalArgumentException if RE2 does not take it */
    public Pattern compile() {
        try {
            return Pattern.compile(text.toString());
        } catch (PatternSyntaxException refused) {
            throw new IllegalArgumentException(
                    "its regular expression is not understood: " + refused.getMessage(), refused);
        }
    }

    /** A character that stands for itself, in a class too. */
    static String character(int codePoint) {
        boolean plain = codePoint < 0x80 && Character.isLetterOrDigit(codePoint);
        return plain ? Character.toString(codePoint) : "\\x{" + Integer.toHexString(codePoint) + "}";
    }

    /** As the URL Pattern standard escapes a delimiter. */
    static String escaped(String delimiter) {
        return delimiter.isEmpty() ? "" : "\\" + delimiter;
    }
}
