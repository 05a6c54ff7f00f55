package dev.courant.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.urlpattern.PercentDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;

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
        byte[] octets = Arrays.copyOfRange(encoded, from, to);
        for (int at = 0; at < octets.length; at++) {
            octets[at] = octets[at] == '+' ? (byte) ' ' : octets[at];
        }
        try {
            return charset.newDecoder()
                    .decode(PercentDecoder.decodeInPlace(octets))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("a name or value is not valid " + charset.name(), malformed);
        }
    }
}
