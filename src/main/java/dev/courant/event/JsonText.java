package dev.courant.event;

import java.io.ByteArrayOutputStream;

/** The JSON of clients and for clients (RFC 8259), as UTF-8. */
final class JsonText {

    /**
     * The maximum number of nested arrays and objects. Common parsers accept 64, and an envelope in a list needs three. The
     * bits of a {@code long} are the stack of the validator.
     */
    static final int MAX_DEPTH = 60;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final byte[] text;
    private int at;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /** Returns whether the bytes, which must be valid UTF-8, are one JSON value that is not nested too deeply. */
    static boolean isValid(byte[] text) {
        return new JsonText(text).isValid();
    }

    /** Writes a JSON string. Escapes only what must be, so that it has no line end. */
    static void writeString(ByteArrayOutputStream out, byte[] utf8, int from, int to) {
        out.write('"');
        int written = from;
        for (int i = from; i < to; i++) {
            byte c = utf8[i];
            if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
                out.write(utf8, written, i - written);
                written = i + 1;
                if (c == '\n') {
                    out.writeBytes(new byte[] {'\\', 'n'});
                } else if (c < ' ') {
                    out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
                } else {
                    out.writeBytes(new byte[] {'\\', c});
                }
            }
        }
        out.write(utf8, written, to - written);
        out.write('"');
    }

    private boolean isValid() {
        long arrays = 0; // one bit for each open container, the innermost last: 1 for an array, 0 for an object
        int depth = 0;
        while (true) {
            int first = skipSpace();
            boolean complete;
            if (first == '[' || first == '{') {
                if (++depth > MAX_DEPTH) {
                    return false;
                }
                at++;
                arrays = arrays << 1 | (first == '[' ? 1 : 0);
                complete = skipSpace() == (first == '[' ? ']' : '}');
                if (!complete && first == '{' && !skipName()) {
                    return false;
                }
            } else {
                complete = true;
                if (!skipScalar(first)) {
                    return false;
                }
            }
            // After a complete value, one that follows a comma begins, or containers end.
            while (complete) {
                int next = skipSpace();
                if (depth == 0) {
                    return next < 0;
                }
                boolean array = (arrays & 1) == 1;
                at++;
                if (next == (array ? ']' : '}')) {
                    arrays >>>= 1;
                    depth--;
                } else if (next == ',' && (array || skipName())) {
                    complete = false;
                } else {
                    return false;
                }
            }
        }
    }

    /** Returns the byte at the position, or -1 at the end. */
    private int peek() {
        return at < text.length ? text[at] & 0xFF : -1;
    }

    private int skipSpace() {
        int next = peek();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            at++;
            next = peek();
        }
        return next;
    }

    /** Skips the name of a member and its colon. */
    private boolean skipName() {
        if (skipSpace() != '"' || !skipString() || skipSpace() != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean skipScalar(int first) {
        return switch (first) {
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        };
    }

    private boolean skipWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean skipString() {
        at++;
        for (int next = peek(); next >= ' '; next = peek()) {
            at++;
            if (next == '"') {
                return true;
            }
            if (next == '\\' && !skipEscape()) {
                return false;
            }
        }
        return false;
    }

    private boolean skipEscape() {
        int kind = peek();
        at++;
        if (kind != 'u') {
            return kind > 0 && "\"\\/bfnrt".indexOf(kind) >= 0;
        }
        for (int end = at + 4; at < end; at++) {
            if (Character.digit(peek(), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean skipNumber() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (!skipDigits()) {
            return false;
        }
        if (peek() == '.') {
            at++;
            if (!skipDigits()) {
                return false;
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            return skipDigits();
        }
        return true;
    }

    private boolean skipDigits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > start;
    }
}
