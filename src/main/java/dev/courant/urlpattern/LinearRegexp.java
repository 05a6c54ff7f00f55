package dev.courant.urlpattern;

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
        for (int at = 0; at < literal.length(); at++) {
            char unit = literal.charAt(at);
            text.append(unit >= 0x80 || Character.isLetterOrDigit(unit) ? "" : "\\")
                    .append(unit);
        }
        return this;
    }

    /** Returns the expression, which is compiled when it is first matched. */
    public LazyPattern build() {
        return new LazyPattern(text.toString());
    }

    /** Escapes a delimiter as the URL Pattern standard does. */
    static String escapeDelimiter(String delimiter) {
        return delimiter.isEmpty() ? "" : "\\" + delimiter;
    }
}
