package dev.courant.urlpattern;

/**
 * What the regular expressions of one pattern may cost: about one for each instruction that RE2/J makes of them. Time
 * to compile and to match, and memory, grow with it, so it is counted before anything is compiled. For one thread.
 */
public final class RegexpBudget {

    static final int MOST = 2_000;

    /** What most patterns do not exceed. */
    static final int ORDINARY = 64;

    private int spent;

    /** @throws IllegalArgumentException if the pattern is too large */
    public void spend(int cost) {
        spent += cost;
        if (spent > MOST) {
            throw new IllegalArgumentException("its repetitions and groups make it too large");
        }
    }

    /** Returns what the pattern costs, in patterns of ordinary size: at least 1. */
    public int weight() {
        return 1 + spent / ORDINARY;
    }

    public int spent() {
        return spent;
    }
}
