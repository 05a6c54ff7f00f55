package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of {@code application/x-www-form-urlencoded}, parsed as the WHATWG URL standard says (section 5.1), but
 * that what is no UTF-8 is refused and not replaced: two names would become the same. Immutable.
 */
record Form(List<Pair> pairs) {

    /** More than anybody means; each costs memory. */
    static final int MOST_PAIRS = 1000;

    record Pair(String name, String value) {}

    /** Nothing is wrong with them, but that there are too many. */
    static final class TooManyException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        TooManyException() {
            super("there are more than " + MOST_PAIRS + " parameters");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Form parse(byte[] bytes) {
        List<Pair> pairs = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = find(bytes, '&', start, bytes.length);
            if (end > start) {
                int equals = find(bytes, '=', start, end);
                pairs.add(new Pair(decode(bytes, start, equals), equals == end ? "" : decode(bytes, equals + 1, end)));
            }
            if (pairs.size() > MOST_PAIRS) {
                throw new TooManyException();
            }
            start = end + 1;
        }
        return new Form(List.copyOf(pairs));
    }

    /** @param query as it stands in the address, {@code null} for none */
    static Form ofQuery(@Nullable String query) {
        return parse(query == null ? new byte[0] : query.getBytes(UTF_8));
    }

    /** All values of a name, in their order. */
    List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .toList();
    }

    /** The first value of a name; {@code null} if it is not there. */
    @Nullable
    String first(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .findFirst()
                .orElse(null);
    }

    private static int find(byte[] bytes, char sought, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != sought) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            int octet = bytes[at] == '%' && at + 2 < to ? octet(bytes[at + 1], bytes[at + 2]) : -1;
            if (octet >= 0) {
                decoded[length++] = (byte) octet;
                at += 2;
            } else {
                decoded[length++] = bytes[at] == '+' ? (byte) ' ' : bytes[at];
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Arrays.copyOf(decoded, length)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("a name or value is not valid UTF-8", notText);
        }
    }

    /** What two digits stand for, or a negative number if they are none. */
    private static int octet(byte high, byte low) {
        int first = Character.digit((char) high, 16);
        int second = Character.digit((char) low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }
}
