package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.FormDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of {@code application/x-www-form-urlencoded}, parsed as the WHATWG URL standard says (section 5.1), but
 * that what is no UTF-8 is refused and not replaced: two names would become the same. Immutable.
 */
record MercureForm(List<Pair> pairs) {

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

    /**
     * Parses what a publisher wrote in a charset of its own.
     *
     * @param charset as {@link FormDecoder#decode(byte[], int, int, Charset)} takes it
     * @throws IllegalArgumentException saying what is wrong
     */
    static MercureForm parse(byte[] bytes, Charset charset) {
        List<Pair> pairs = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = find(bytes, '&', start, bytes.length);
            if (end > start) {
                int equals = find(bytes, '=', start, end);
                String value = equals == end ? "" : FormDecoder.decode(bytes, equals + 1, end, charset);
                pairs.add(new Pair(FormDecoder.decode(bytes, start, equals, charset), value));
            }
            if (pairs.size() > MOST_PAIRS) {
                throw new TooManyException();
            }
            start = end + 1;
        }
        return new MercureForm(List.copyOf(pairs));
    }

    /** @param query as it stands in the address, {@code null} for none */
    static MercureForm ofQuery(@Nullable String query) {
        return parse(query == null ? new byte[0] : query.getBytes(UTF_8), UTF_8);
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
}
