package dev.courant.urlpattern;

/** Quotes and shortens text of a pattern for an error message. */
public final class PatternExcerpt {

    private static final int MAX_LENGTH = 40;

    private PatternExcerpt() {}

    public static String of(String text) {
        return "'" + (text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "\u2026") + "'";
    }
}
