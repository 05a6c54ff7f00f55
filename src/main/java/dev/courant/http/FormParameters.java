package dev.courant.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name-value pairs of {@code application/x-www-form-urlencoded} (WHATWG URL standard, section 5.1). Malformed UTF-8 is
 * rejected, unlike in the standard: replacing it could make two names equal. Immutable.
 */
public record FormParameters(List<Pair> pairs) {

    /** The maximum number of pairs. Each pair takes memory, and an update or a query needs far fewer. */
    public static final int MAX_PAIRS = 1000;

    public record Pair(String name, String value) {}

    /** Thrown for a form with more than {@value #MAX_PAIRS} pairs. */
    public static final class TooManyParametersException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        TooManyParametersException() {
            super("it has more than " + MAX_PAIRS + " fields");
        }
    }

    /**
     * Parses a form.
     *
     * @param charset a charset that {@link FormDecoder#decode(byte[], int, int, Charset)} accepts
     * @throws IllegalArgumentException with the reason, if the form is malformed
     */
    public static FormParameters parse(byte[] bytes, Charset charset) {
        List<Pair> pairs = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = indexOf(bytes, '&', start, bytes.length);
            if (end > start) {
                int equals = indexOf(bytes, '=', start, end);
                String value = equals == end ? "" : FormDecoder.decode(bytes, equals + 1, end, charset);
                pairs.add(new Pair(FormDecoder.decode(bytes, start, equals, charset), value));
            }
            if (pairs.size() > MAX_PAIRS) {
                throw new TooManyParametersException();
            }
            start = end + 1;
        }
        return new FormParameters(List.copyOf(pairs));
    }

    /**
     * Parses the query of a URL.
     *
     * @param query the raw query, {@code null} if there is none
     */
    public static FormParameters parseQuery(@Nullable String query) {
        return parse(query == null ? new byte[0] : query.getBytes(UTF_8), UTF_8);
    }

    /** Returns all names, in their order. */
    public List<String> names() {
        return pairs.stream().map(Pair::name).toList();
    }

    /** Returns all values of a name, in their order. */
    public List<String> getAll(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .toList();
    }

    /** Returns the first value of a name, {@code null} if there is none. */
    public @Nullable String getFirst(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .findFirst()
                .orElse(null);
    }

    /** Returns the index of the character, or {@code to} if it does not occur. */
    private static int indexOf(byte[] bytes, char character, int from, int to) {
        int index = from;
        while (index < to && bytes[index] != character) {
            index++;
        }
        return index;
    }
}
