package dev.courant.urlpattern;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A decoder of percent-encoded text (URL standard, section 1.3). A malformed escape sequence remains as it is. */
public final class PercentDecoder {

    private PercentDecoder() {}

    /** Decodes text. Octets that are not valid UTF-8 become U+FFFD. */
    public static String decode(String text) {
        return text.indexOf('%') < 0
                ? text
                : StandardCharsets.UTF_8
                        .decode(decodeInPlace(text.getBytes(StandardCharsets.UTF_8)))
                        .toString();
    }

    /** Decodes octets into the beginning of the same array, and returns the decoded part of it. */
    public static ByteBuffer decodeInPlace(byte[] octets) {
        int length = 0;
        for (int at = 0; at < octets.length; at++) {
            int octet = octets[at] == '%' && at + 2 < octets.length ? parseOctet(octets[at + 1], octets[at + 2]) : -1;
            octets[length++] = octet < 0 ? octets[at] : (byte) octet;
            at += octet < 0 ? 0 : 2;
        }
        return ByteBuffer.wrap(octets, 0, length);
    }

    /** Decodes unreserved characters only. They are equivalent with and without encoding (RFC 3986, section 6.2.2.2). */
    public static String decodeUnreserved(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int octet = c == '%' && at + 2 < text.length() ? parseOctet(text.charAt(at + 1), text.charAt(at + 2)) : -1;
            boolean plain = octet >= 0 && isUnreserved(octet);
            decoded.append(plain ? (char) octet : c);
            at += plain ? 2 : 0;
        }
        return decoded.toString();
    }

    /** Returns the value of two hexadecimal digits, or a negative number if one of them is not a digit. */
    private static int parseOctet(int high, int low) {
        int first = AsciiCharacters.digit(high, 16);
        int second = AsciiCharacters.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }

    private static boolean isUnreserved(int octet) {
        return AsciiCharacters.isLetter(octet) || AsciiCharacters.isDigit(octet) || "-._~".indexOf(octet) >= 0;
    }
}
