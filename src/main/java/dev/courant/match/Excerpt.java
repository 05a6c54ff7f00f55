package dev.courant.match;

/** What a message quotes of a pattern. */
final class Excerpt {

    private static final int LONGEST = 40;

    private Excerpt() {}

    static String of(String text) {
        return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026") + "'";
    }
}
