package dev.courant.urlpattern;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A parser and serializer of IPv6 addresses (URL standard, sections 3.5 and 3.6). Not thread-safe. */
final class Ipv6Address {

    private static final int PIECES = 8;

    private final String text;
    private final int[] pieces = new int[PIECES];
    private int at;
    private int piece;
    private int gap = -1;

    private Ipv6Address(String text) {
        this.text = text;
    }

    /** Returns the address in its canonical form without brackets, {@code null} if the text is not an address. */
    static @Nullable String parse(String text) {
        Ipv6Address address = new Ipv6Address(text);
        return address.read() ? address.write() : null;
    }

    private boolean read() {
        if (text.startsWith("::")) {
            at = 2;
            gap = 0;
        } else if (text.startsWith(":")) {
            return false;
        }
        while (at < text.length()) {
            if (piece == PIECES) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                at++;
                gap = piece;
                continue;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at < start + 4 && digitAt(16) >= 0) {
                value = value * 16 + digitAt(16);
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                boolean empty = at == start;
                at = start;
                if (empty || piece > PIECES - 2 || !readDotted()) {
                    return false;
                }
                break;
            }
            if (at < text.length() && (text.charAt(at) != ':' || ++at == text.length())) {
                return false;
            }
            pieces[piece++] = value;
        }
        return gap >= 0 ? expandCompressed() : piece == PIECES;
    }

    /** Reads the last two pieces in the form of an IPv4 address, with decimal numbers. */
    private boolean readDotted() {
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (at == text.length() || text.charAt(at++) != '.')) {
                return false;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && digitAt(10) >= 0) {
                boolean leadingZero = at > start && value == 0;
                value = value * 10 + digitAt(10);
                if (leadingZero || value > 0xFF) {
                    return false;
                }
                at++;
            }
            if (at == start) {
                return false;
            }
            pieces[piece] = (pieces[piece] << 8) | value;
            piece += part % 2;
        }
        return at == text.length();
    }

    private int digitAt(int radix) {
        return AsciiCharacters.digit(text.charAt(at), radix);
    }

    /** Moves the pieces after the {@code ::} to the end, and fills the place of the {@code ::} with zeros. */
    private boolean expandCompressed() {
        int count = piece - gap;
        System.arraycopy(pieces.clone(), gap, pieces, PIECES - count, count);
        Arrays.fill(pieces, gap, PIECES - count, 0);
        return true;
    }

    private String write() {
        int from = 0;
        int length = 1;
        for (int start = 0; start < PIECES; start++) {
            int end = start;
            while (end < PIECES && pieces[end] == 0) {
                end++;
            }
            if (end - start > length) {
                from = start;
                length = end - start;
            }
        }
        StringBuilder address = new StringBuilder();
        for (int index = 0; index < PIECES; index++) {
            if (length > 1 && index == from) {
                address.append(index == 0 ? "::" : ":");
                index += length - 1;
                continue;
            }
            address.append(Integer.toHexString(pieces[index])).append(index < PIECES - 1 ? ":" : "");
        }
        return address.toString();
    }
}
