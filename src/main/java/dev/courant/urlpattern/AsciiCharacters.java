package dev.courant.urlpattern;

/** The standards' letters and digits: those of ASCII alone. */
public final class AsciiCharacters {

    private AsciiCharacters() {}

    static boolean isLetter(int one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    }

    static boolean isDigit(int one) {
        return one >= '0' && one <= '9';
    }

    /** The value of a digit, or a negative number if it is none. */
    public static int digit(int one, int radix) {
        return one < 0x80 ? Character.digit(one, radix) : -1;
    }
}
