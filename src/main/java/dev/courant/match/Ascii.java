package dev.courant.match;

/** The standards' letters and digits: those of ASCII alone. */
final class Ascii {

    private Ascii() {}

    static boolean isLetter(int one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    }

    static boolean isDigit(int one) {
        return one >= '0' && one <= '9';
    }

    /** The value of a digit, or a negative number if it is none. */
    static int digit(int one, int radix) {
        return one < 0x80 ? Character.digit(one, radix) : -1;
    }
}
