package dev.courant.urlpattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A builder of a regular expression for RE2/J, which matches in time linear in the length of the text. Not thread-safe.
 */
public final class LinearRegexp {

    private final StringBuilder text = new StringBuilder();
    private final RegexpBudget budget;

    public LinearRegexp(RegexpBudget budget) {
        this.budget = budget;
    }

    public RegexpBudget budget() {
        return budget;
    }

    /** Appends syntax, at a cost of 1 (see {@link RegexpBudget}). */
    public LinearRegexp appendSyntax(String syntax) {
        budget.spend(1);
        text.append(syntax);
        return this;
    }

    /** Appends literal text, at a cost of 1 for each UTF-16 code unit. */
    public LinearRegexp appendLiteral(String literal) {
        budget.spend(literal.length());
        literal.codePoints().forEach(codePoint -> text.append(escape(codePoint)));
        return this;
    }

    /** @throws IllegalArgumentException if RE2/J rejects the expression */
    public Pattern compile() {
        try {
            return Pattern.compile(text.toString());
        } catch (PatternSyntaxException rejected) {
            throw new IllegalArgumentException(
                    "RE2/J rejects the regular expression: " + rejected.getMessage(), rejected);
        }
    }

    /** Returns the syntax for a literal character, outside and inside a class. */
    static String escape(int codePoint) {
        boolean plain = codePoint < 0x80 && Character.isLetterOrDigit(codePoint);
        return plain ? Character.toString(codePoint) : "\\x{" + Integer.toHexString(codePoint) + "}";
    }

    /** Escapes a delimiter as the URL Pattern standard does. */
    static String escapeDelimiter(String delimiter) {
        return delimiter.isEmpty() ? "" : "\\" + delimiter;
    }
}
