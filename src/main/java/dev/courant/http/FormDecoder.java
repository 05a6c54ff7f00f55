package dev.courant.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * Decodes names and values of {@code application/x-www-form-urlencoded} (WHATWG URL standard, section 5.1). Unlike the
 * standard it rejects malformed text instead of replacing it by U+FFFD, which would make different values equal.
 */
public final class FormDecoder {

    private FormDecoder() {}

    /**
     * Decodes one name or value of a query.
     *
     * @throws IllegalArgumentException if it is not valid UTF-8
     */
    public static String decode(String encoded) {
        byte[] bytes = encoded.getBytes(UTF_8);
        return decode(bytes, 0, bytes.length, UTF_8);
    }

    /**
     * Decodes one name or value.
     *
     * @param charset a superset of ASCII
     * @throws IllegalArgumentException if it is not valid in that charset
     */
    public static String decode(byte[] encoded, int from, int to, Charset charset) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            int octet = encoded[at] == '%' && at + 2 < to ? parseOctet(encoded[at + 1], encoded[at + 2]) : -1;
            if (octet >= 0) {
                decoded[length++] = (byte) octet;
                at += 2;
            } else {
                decoded[length++] = encoded[at] == '+' ? (byte) ' ' : encoded[at];
            }
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(decoded, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("a name or value is not valid " + charset.name(), malformed);
        }
    }

    /** Returns the value of two hexadecimal digits, or a negative number if one of them is not a digit. */
    private static int parseOctet(byte high, byte low) {
        int first = Character.digit((char) high, 16);
        int second = Character.digit((char) low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }
}
