package dev.courant.urlpattern;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A parser of IPv4 addresses, which accepts octal, hexadecimal and short forms like browsers (URL standard, section
 * 3.5).
 */
final class Ipv4Parser {

    private static final int PARTS = 4;
    private static final long TOO_LARGE = 1L << 32;

    private Ipv4Parser() {}

    /** Returns true if the last label of a domain is a number. Then the domain must be a valid address. */
    static boolean endsInNumber(String domain) {
        List<String> labels = splitLabels(domain);
        String last = labels.get(labels.size() - 1);
        boolean digits = last.chars().allMatch(AsciiCharacters::isDigit);
        return (digits && !last.isEmpty()) || parseNumber(last).isPresent();
    }

    /** Returns the address in dotted decimal form, {@code null} if the domain is not a valid address. */
    static @Nullable String parse(String domain) {
        List<String> parts = splitLabels(domain);
        if (parts.size() > PARTS) {
            return null;
        }
        long address = 0;
        for (int at = 0; at < parts.size(); at++) {
            boolean last = at == parts.size() - 1;
            long limit = last ? 1L << (8 * (PARTS - at)) : 1L << 8;
            long number = parseNumber(parts.get(at)).orElse(TOO_LARGE);
            if (number >= limit) {
                return null;
            }
            address += last ? number : number << (8 * (PARTS - 1 - at));
        }
        return (address >> 24) + "." + ((address >> 16) & 0xFF) + "." + ((address >> 8) & 0xFF) + "."
                + (address & 0xFF);
    }

    private static List<String> splitLabels(String domain) {
        List<String> labels = Arrays.asList(domain.split("\\.", -1));
        boolean rooted = labels.size() > 1 && labels.get(labels.size() - 1).isEmpty();
        return rooted ? labels.subList(0, labels.size() - 1) : labels;
    }

    /** Parses a number of any size. Returns 2^32 for every larger number. */
    private static OptionalLong parseNumber(String text) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hexadecimal && text.length() > 1 && text.startsWith("0");
        int radix = hexadecimal ? 16 : octal ? 8 : 10;
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int at = hexadecimal ? 2 : 0; at < text.length(); at++) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0) {
                return OptionalLong.empty();
            }
            number = Math.min(number * radix + digit, TOO_LARGE);
        }
        return OptionalLong.of(number);
    }
}
