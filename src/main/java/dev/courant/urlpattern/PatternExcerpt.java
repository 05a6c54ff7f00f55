package dev.courant.urlpattern;

/** What a message quotes of a pattern. */
public final class PatternExcerpt {

    private static final int LONGEST = 40;

    private PatternExcerpt() {}

    public static String of(String text) {
        return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026") + "'";
    }
}
