package dev.courant.urlpattern;

/** Tests for ASCII letters and digits, as the URL standards define them. */
public final class AsciiCharacters {

    private AsciiCharacters() {}

    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Returns the value of a digit, or a negative number if the character is not a digit in this radix. */
    public static int digit(int c, int radix) {
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }
}
