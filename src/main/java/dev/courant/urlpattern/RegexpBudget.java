package dev.courant.urlpattern;

/**
 * The size limit of the regular expressions of one pattern. The cost of an expression is about the number of its RE2/J
 * instructions. Memory and the time to compile and to match grow with it, so it is counted before compilation. Not thread-safe.
 */
public final class RegexpBudget {

    static final int MAX_COST = 2_000;

    /** The cost of an ordinary pattern. Most patterns do not exceed it. */
    static final int ORDINARY_COST = 64;

    private int spent;

    /** @throws IllegalArgumentException if the pattern is too large */
    public void spend(int cost) {
        spent += cost;
        if (spent > MAX_COST) {
            throw new IllegalArgumentException("the pattern is too large; use fewer repetitions and groups");
        }
    }

    /** Returns the number of ordinary patterns that cost as much as this one, 1 or more. */
    public int weight() {
        return 1 + spent / ORDINARY_COST;
    }

    public int spent() {
        return spent;
    }
}
