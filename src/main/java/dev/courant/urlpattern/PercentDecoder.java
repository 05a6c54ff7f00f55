package dev.courant.urlpattern;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A decoder of percent-encoded text. */
public final class PercentDecoder {

    private PercentDecoder() {}

    /** Decodes a host. Octets that are not valid UTF-8 become U+FFFD, which is not allowed in a host. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < encoded.length; at++) {
            int octet =
                    encoded[at] == '%' && at + 2 < encoded.length ? parseOctet(encoded[at + 1], encoded[at + 2]) : -1;
            octets.write(octet < 0 ? encoded[at] : octet);
            at += octet < 0 ? 0 : 2;
        }
        return octets.toString(StandardCharsets.UTF_8);
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

    private static int parseOctet(int high, int low) {
        int first = AsciiCharacters.digit(high, 16);
        int second = AsciiCharacters.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }

    private static boolean isUnreserved(int octet) {
        return AsciiCharacters.isLetter(octet) || AsciiCharacters.isDigit(octet) || "-._~".indexOf(octet) >= 0;
    }
}
