package dev.courant.urlpattern;

/** An excerpt of a pattern for an error message, in quotes and at most 40 characters long. */
public final class PatternExcerpt {

    private static final int MAX_LENGTH = 40;

    private PatternExcerpt() {}

    public static String of(String text) {
        return "'" + (text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "\u2026") + "'";
    }
}
